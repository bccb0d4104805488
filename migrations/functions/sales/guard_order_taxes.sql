-- At commit, the amounts of an order are the sums of its lines, its tax theirs and that of its shipping, and those of the lines are written
-- in its currency. An order of this transaction is nobody else's yet; any other is locked before its lines are summed, so that two writers
-- of lines wait for each other.
CREATE OR REPLACE FUNCTION guard_order_sums() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  checked uuid;
  kept record;
BEGIN
  IF TG_ARGV[0] = 'orders' THEN
    checked := NEW.id;
  ELSIF TG_OP = 'DELETE' THEN
    checked := OLD.order_id;
  ELSE
    checked := NEW.order_id;
  END IF;
  SELECT o.xmin = pg_current_xact_id()::xid AS is_own, o.subtotal = s.subtotal AND o.discount = s.discount AND o.tax = s.tax + o.shipping_tax AS agrees, s.are_amounts, o.currency INTO kept
  FROM orders o, LATERAL (
    SELECT coalesce(sum(i.subtotal), 0) AS subtotal, coalesce(sum(i.discount), 0) AS discount, coalesce(sum(i.tax), 0) AS tax,
      coalesce(bool_and(is_amount_of(i.unit_price, o.currency) AND is_amount_of(i.discount, o.currency) AND is_amount_of(i.tax, o.currency)), true) AS are_amounts
    FROM order_items i WHERE i.order_id = checked
  ) s WHERE o.id = checked;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  IF NOT kept.is_own THEN
    PERFORM FROM orders WHERE id = checked FOR NO KEY UPDATE;
    SELECT true AS is_own, o.subtotal = s.subtotal AND o.discount = s.discount AND o.tax = s.tax + o.shipping_tax AS agrees, s.are_amounts, o.currency INTO kept
    FROM orders o, LATERAL (
      SELECT coalesce(sum(i.subtotal), 0) AS subtotal, coalesce(sum(i.discount), 0) AS discount, coalesce(sum(i.tax), 0) AS tax,
        coalesce(bool_and(is_amount_of(i.unit_price, o.currency) AND is_amount_of(i.discount, o.currency) AND is_amount_of(i.tax, o.currency)), true) AS are_amounts
      FROM order_items i WHERE i.order_id = checked
    ) s WHERE o.id = checked;
  END IF;
  IF NOT kept.agrees THEN
    RAISE EXCEPTION 'the amounts of order % are not the sums of its lines', checked
      USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_sums_check', TABLE = 'orders';
  END IF;
  IF NOT kept.are_amounts THEN
    RAISE EXCEPTION 'a line of order % has an amount that is not written as one in %', checked, kept.currency
      USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_sums_check', TABLE = 'orders';
  END IF;
  RETURN NULL;
END
$$;

-- A line of an order is written with as many decimals in each of its amounts, two at least; that they are those of the order's currency is
-- found at commit, with the sums of the order, which is not written yet.
CREATE OR REPLACE FUNCTION fit_amounts_of_order_items() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  decimals int := greatest(2, scale(NEW.unit_price), scale(NEW.subtotal), scale(NEW.discount), scale(NEW.tax));
BEGIN
  NEW.unit_price := round(NEW.unit_price, decimals);
  NEW.subtotal := round(NEW.subtotal, decimals);
  NEW.discount := round(NEW.discount, decimals);
  NEW.tax := round(NEW.tax, decimals);
  RETURN NEW;
END
$$;
