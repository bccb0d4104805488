import { migration } from './support/migration';

/* The sums are checked of the order that a changed line is in: one that moved would leave its old order with an amount too much. */
export = migration(
  `
  CREATE FUNCTION refuse_move() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'a line stays with its order'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'order_items_order_id_check', TABLE = 'order_items';
  END
  $$;
  CREATE TRIGGER order_items_move_guard BEFORE UPDATE OF order_id ON order_items FOR EACH ROW
    WHEN (OLD.order_id IS DISTINCT FROM NEW.order_id) EXECUTE FUNCTION refuse_move();
  `,
  `
  DROP TRIGGER order_items_move_guard ON order_items;
  DROP FUNCTION refuse_move();
  `,
);
