import { announcementOf, announcing, type BatchUnit } from '../../../database/batching/batch-unit';
import type { Statement } from '../../../database/sql/statement';

/*
 * announced   tells the triggers whose rows are whose, so that each order has a change set, and each product an entry of the ledger, of its own.
 * cancelled   cancels the orders; triggers give the uses of discount codes back.
 * returned    their goods, which no refund or shipment has touched: nothing of a pending order is paid or shipped.
 */
const CANCEL_ORDERS = `
  WITH ${announcing(1)},
  cancelled AS (
    UPDATE orders o SET status = 'cancelled', cancelled_at = clock_timestamp() FROM announced, unnest((SELECT $2::uuid[])) AS due (id)
    WHERE o.id = due.id AND o.status = 'pending' RETURNING o.id
  ),
  returned AS (SELECT i.product_id, i.quantity FROM cancelled c JOIN order_items i ON i.order_id = c.id)
  UPDATE products p SET stock_quantity = p.stock_quantity + r.quantity FROM returned r WHERE p.id = r.product_id`;

/** Returns the statement that cancels locked pending orders without a common product, and puts their goods back to stock. */
export function cancelOrders(units: readonly BatchUnit[]): Statement {
  return { text: CANCEL_ORDERS, values: [announcementOf(units), units.map(({ id }) => id)] };
}
