-- Guards the status transitions of an order; src/sales/orders/transitions/order.states.ts has the same table.
CREATE OR REPLACE FUNCTION guard_order_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.status, NEW.status) IN (
    ('pending', 'paid'), ('paid', 'shipped'), ('shipped', 'completed'), ('pending', 'cancelled'), ('paid', 'cancelled'),
    ('paid', 'refunded'), ('shipped', 'refunded'), ('completed', 'refunded')
  ) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'an order cannot go from % to %', OLD.status, NEW.status
    USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_status_transition_check', TABLE = 'orders';
END
$$;
