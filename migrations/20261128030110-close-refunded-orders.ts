import { migration } from './support/migration';

/*
 * The new guard lets these orders go to `refunded`, so only their rows are locked; they are found from the refunds, which are few, and not
 * by a look at each order. The way down restores `paid` or `shipped`, which such an order was before, past the guard.
 */
export = migration(
  `
  UPDATE orders SET status = 'refunded'
  FROM (SELECT order_id, sum(amount) AS amount FROM refunds GROUP BY order_id) refunded
  WHERE orders.id = refunded.order_id AND orders.status IN ('paid', 'shipped') AND orders.total > 0 AND orders.total = refunded.amount;
  `,
  `
  ALTER TABLE orders DISABLE TRIGGER orders_status_guard;
  UPDATE orders SET status = CASE WHEN shipped_at IS NULL THEN 'paid' ELSE 'shipped' END WHERE status = 'refunded' AND completed_at IS NULL;
  ALTER TABLE orders ENABLE TRIGGER orders_status_guard;
  `,
);
