import { migration } from './support/migration';

/* What no CHECK can say, since it concerns two rows; each failure names a constraint of its own. */
export = migration(
  `
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
  CREATE TRIGGER orders_status_guard BEFORE UPDATE ON orders FOR EACH ROW
    WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION guard_order_status();

  -- At commit, an order's amounts are the sums of its lines'. The order's row is locked first, so that two writers of lines wait.
  CREATE FUNCTION guard_order_sums() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    checked uuid;
    kept record;
    summed record;
  BEGIN
    IF TG_ARGV[0] = 'orders' THEN
      checked := NEW.id;
    ELSIF TG_OP = 'DELETE' THEN
      checked := OLD.order_id;
    ELSE
      checked := NEW.order_id;
    END IF;
    SELECT subtotal, discount INTO kept FROM orders WHERE id = checked FOR NO KEY UPDATE;
    IF NOT FOUND THEN
      RETURN NULL;
    END IF;
    SELECT coalesce(sum(subtotal), 0) AS subtotal, coalesce(sum(discount), 0) AS discount INTO summed FROM order_items WHERE order_id = checked;
    IF kept.subtotal <> summed.subtotal OR kept.discount <> summed.discount THEN
      RAISE EXCEPTION 'the amounts of order % are not the sums of its lines', checked
        USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_sums_check', TABLE = 'orders';
    END IF;
    RETURN NULL;
  END
  $$;
  CREATE CONSTRAINT TRIGGER orders_sums_guard AFTER INSERT OR UPDATE OF subtotal, discount ON orders
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_order_sums('orders');
  CREATE CONSTRAINT TRIGGER order_items_sums_guard AFTER INSERT OR UPDATE OR DELETE ON order_items
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_order_sums('order_items');

  -- The sum is taken under the order's lock: under READ COMMITTED two refunds would else not see each other.
  CREATE FUNCTION guard_refund_sum() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    most numeric;
    refunded numeric;
  BEGIN
    SELECT total INTO most FROM orders WHERE id = NEW.order_id FOR NO KEY UPDATE;
    SELECT sum(amount) INTO refunded FROM refunds WHERE order_id = NEW.order_id;
    IF refunded > most THEN
      RAISE EXCEPTION 'refunds of order % exceed its total', NEW.order_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'refunds_total_check', TABLE = 'refunds';
    END IF;
    RETURN NULL;
  END
  $$;
  CREATE TRIGGER refunds_total_guard AFTER INSERT OR UPDATE ON refunds FOR EACH ROW EXECUTE FUNCTION guard_refund_sum();
  `,
  `
  DROP TRIGGER refunds_total_guard ON refunds;
  DROP FUNCTION guard_refund_sum();
  DROP TRIGGER order_items_sums_guard ON order_items;
  DROP TRIGGER orders_sums_guard ON orders;
  DROP FUNCTION guard_order_sums();
  DROP TRIGGER orders_status_guard ON orders;
  DROP FUNCTION guard_order_status();
  `,
);
