import { migration } from './support/migration';

/* What no CHECK can say, because it concerns several rows; each failure names a constraint of its own. */
export = migration(
  `
  CREATE TRIGGER orders_status_guard BEFORE UPDATE ON orders FOR EACH ROW
    WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION guard_order_status();
  CREATE CONSTRAINT TRIGGER orders_sums_guard AFTER INSERT OR UPDATE OF subtotal, discount ON orders
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_order_sums('orders');
  CREATE CONSTRAINT TRIGGER order_items_sums_guard AFTER INSERT OR UPDATE OR DELETE ON order_items
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_order_sums('order_items');
  CREATE TRIGGER order_items_move_guard BEFORE UPDATE OF order_id ON order_items FOR EACH ROW
    WHEN (OLD.order_id IS DISTINCT FROM NEW.order_id) EXECUTE FUNCTION refuse_move();
  CREATE TRIGGER refunds_total_guard AFTER INSERT OR UPDATE ON refunds FOR EACH ROW EXECUTE FUNCTION guard_refund_sum('refunds');
  CREATE TRIGGER orders_total_guard AFTER UPDATE OF total ON orders FOR EACH ROW
    WHEN (NEW.total < OLD.total) EXECUTE FUNCTION guard_refund_sum('orders');

  CREATE TRIGGER categories_tree_guard_insert AFTER INSERT ON categories REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION guard_category_tree();
  CREATE TRIGGER categories_tree_guard_update AFTER UPDATE ON categories REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION guard_category_tree();
  `,
  `
  DROP TRIGGER categories_tree_guard_update ON categories;
  DROP TRIGGER categories_tree_guard_insert ON categories;
  DROP TRIGGER orders_total_guard ON orders;
  DROP TRIGGER refunds_total_guard ON refunds;
  DROP TRIGGER order_items_move_guard ON order_items;
  DROP TRIGGER order_items_sums_guard ON order_items;
  DROP TRIGGER orders_sums_guard ON orders;
  DROP TRIGGER orders_status_guard ON orders;
  `,
);
