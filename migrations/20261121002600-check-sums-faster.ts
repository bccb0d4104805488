import { migration } from './support/migration';

/*
 * Sums and order in one look. The order's row is locked, and looked at again, only where it is not this transaction's own: an order
 * that nobody else can see, or that an update has locked already, has no second writer.
 */
export = migration(
  `
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
  `,
  `
  CREATE OR REPLACE FUNCTION guard_order_sums() RETURNS trigger LANGUAGE plpgsql AS $$
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
  `,
);
