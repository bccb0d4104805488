-- Guards the status transitions of an order; src/sales/orders/transitions/order.states.ts has the same table.
CREATE OR REPLACE FUNCTION guard_order_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.status, NEW.status) IN (
    ('pending', 'paid'), ('paid', 'partly_shipped'), ('paid', 'shipped'), ('partly_shipped', 'shipped'), ('shipped', 'completed'),
    ('pending', 'cancelled'), ('paid', 'cancelled'),
    ('paid', 'refunded'), ('partly_shipped', 'refunded'), ('shipped', 'refunded'), ('completed', 'refunded')
  ) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'an order cannot go from % to %', OLD.status, NEW.status
    USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_status_transition_check', TABLE = 'orders';
END
$$;

-- Whether a customer has bought a product: an order of theirs with it was paid, and neither cancelled nor wholly refunded.
CREATE OR REPLACE FUNCTION has_bought(buyer uuid, product uuid) RETURNS boolean LANGUAGE sql STABLE STRICT AS $$
  SELECT EXISTS (
    SELECT FROM orders o JOIN order_items i ON i.order_id = o.id AND i.product_id = product
    WHERE o.user_id = buyer AND o.status IN ('paid', 'partly_shipped', 'shipped', 'completed')
  )
$$;
