import type { TxContext } from '../../context/context';
import { queryAll } from '../../database/sql/statement';
import { applySettings } from '../../database/transaction/apply-settings';
import type { Settings } from '../../database/transaction/begin';

/** How many of each product, by product id. */
export type Quantities = ReadonlyMap<string, number>;

/** What of an order has not come back to stock yet. */
export async function stillOut(tx: TxContext, orderId: string): Promise<Quantities> {
  const rows = await queryAll<{ product_id: string; quantity: number }>(tx, {
    text:
      'SELECT i.product_id, (i.quantity - coalesce(sum(r.quantity), 0))::int AS quantity FROM order_items i ' +
      'LEFT JOIN refunds f ON f.order_id = i.order_id ' +
      'LEFT JOIN LATERAL jsonb_to_recordset(f.restock) AS r ("productId" uuid, quantity int) ON r."productId" = i.product_id ' +
      'WHERE i.order_id = $1::uuid GROUP BY i.id ORDER BY i.product_id',
    values: [orderId],
  });
  return new Map(rows.filter(({ quantity }) => quantity > 0).map(({ product_id: id, quantity }) => [id, quantity]));
}

/** Puts quantities back to stock, locking the products in id order; the settings tell the ledger why. */
export async function returnStock(tx: TxContext, quantities: Quantities, settings: Settings): Promise<void> {
  if (quantities.size === 0) return;
  await applySettings(tx, settings);
  await queryAll(tx, {
    text:
      'WITH returned AS (SELECT product_id, quantity FROM unnest($1::uuid[], $2::int[]) AS d (product_id, quantity)), ' +
      'locked AS (SELECT p.id, r.quantity FROM products p JOIN returned r ON r.product_id = p.id ORDER BY p.id FOR UPDATE OF p) ' +
      'UPDATE products p SET stock_quantity = p.stock_quantity + l.quantity FROM locked l WHERE p.id = l.id',
    values: [[...quantities.keys()], [...quantities.values()]],
  });
}
