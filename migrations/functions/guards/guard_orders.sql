-- Guards the status transitions of an order; src/sales/orders/order.states.ts has the same table.
CREATE FUNCTION guard_order_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.status, NEW.status) IN (
    ('pending', 'paid'), ('paid', 'shipped'), ('shipped', 'completed'),
    ('pending', 'cancelled'), ('paid', 'cancelled'), ('completed', 'refunded')
  ) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'an order cannot go from % to %', OLD.status, NEW.status
    USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_status_transition_check', TABLE = 'orders';
END
$$;

-- At commit, the amounts of an order are the sums of its lines. An order of this transaction is nobody else's yet; any other is locked
-- before its lines are summed, so that two writers of lines wait for each other.
CREATE FUNCTION guard_order_sums() RETURNS trigger LANGUAGE plpgsql AS $$
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
  SELECT o.xmin = pg_current_xact_id()::xid AS is_own, o.subtotal = s.subtotal AND o.discount = s.discount AS agrees INTO kept
  FROM orders o, (SELECT coalesce(sum(subtotal), 0) AS subtotal, coalesce(sum(discount), 0) AS discount FROM order_items WHERE order_id = checked) s
  WHERE o.id = checked;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  IF NOT kept.is_own THEN
    PERFORM FROM orders WHERE id = checked FOR NO KEY UPDATE;
    SELECT o.xmin = pg_current_xact_id()::xid AS is_own, o.subtotal = s.subtotal AND o.discount = s.discount AS agrees INTO kept
    FROM orders o, (SELECT coalesce(sum(subtotal), 0) AS subtotal, coalesce(sum(discount), 0) AS discount FROM order_items WHERE order_id = checked) s
    WHERE o.id = checked;
  END IF;
  IF NOT kept.agrees THEN
    RAISE EXCEPTION 'the amounts of order % are not the sums of its lines', checked
      USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_sums_check', TABLE = 'orders';
  END IF;
  RETURN NULL;
END
$$;

-- A line never moves to another order: the sums of the order that it left would go unchecked.
CREATE FUNCTION refuse_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a line stays with its order'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'order_items_order_id_check', TABLE = 'order_items';
END
$$;

-- The refunds of an order never exceed its total, whether a refund is added or the total lowered. They are summed under the order's
-- lock, because under READ COMMITTED two refunds would not see each other. Its argument is the table that fired it.
CREATE FUNCTION guard_refund_sum() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  checked uuid;
  most numeric;
  refunded numeric;
BEGIN
  IF TG_ARGV[0] = 'orders' THEN
    checked := NEW.id;
  ELSE
    checked := NEW.order_id;
  END IF;
  SELECT total INTO most FROM orders WHERE id = checked FOR NO KEY UPDATE;
  SELECT sum(amount) INTO refunded FROM refunds WHERE order_id = checked;
  IF refunded > most THEN
    RAISE EXCEPTION 'the refunds of order % exceed its total', checked
      USING ERRCODE = 'check_violation', CONSTRAINT = 'refunds_total_check', TABLE = 'refunds';
  END IF;
  RETURN NULL;
END
$$;
