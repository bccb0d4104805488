-- A line of an order is written with as many decimals in each of its amounts, two at least; that they are those of the order's currency is
-- found at commit, with the sums of the order, which is not written yet.
CREATE FUNCTION fit_amounts_of_order_items() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  decimals int := greatest(2, scale(NEW.unit_price), scale(NEW.subtotal), scale(NEW.discount));
BEGIN
  NEW.unit_price := round(NEW.unit_price, decimals);
  NEW.subtotal := round(NEW.subtotal, decimals);
  NEW.discount := round(NEW.discount, decimals);
  RETURN NEW;
END
$$;

-- A refund is an amount of its order's currency, and written as such.
CREATE FUNCTION fit_amounts_of_refunds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  paid_in text := (SELECT currency FROM orders WHERE id = NEW.order_id);
BEGIN
  NEW.amount := fitted_amount(NEW.amount, paid_in);
  IF NOT is_amount_of(NEW.amount, paid_in) THEN
    RAISE EXCEPTION '% is no amount of money in %', NEW.amount, paid_in
      USING ERRCODE = 'check_violation', CONSTRAINT = 'refunds_amount_check', TABLE = 'refunds';
  END IF;
  RETURN NEW;
END
$$;
