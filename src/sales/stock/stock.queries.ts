import type { TxContext } from '../../context/context';
import { queryAll } from '../../database/sql/statement';
import type { SessionVariables } from '../../database/transaction/begin';
import { setSessionVariables } from '../../database/transaction/set-session-variables';

/** Quantities by product id. */
export type Quantities = ReadonlyMap<string, number>;

/* What the refunds of an order put back stands in their `restock` lists, so the sum unfolds JSON: Sequelize has no words for it. */
const NOT_RETURNED = `
  SELECT i.product_id, (i.quantity - coalesce(sum(r.quantity), 0))::int AS quantity
  FROM order_items i
  LEFT JOIN refunds f ON f.order_id = i.order_id
  LEFT JOIN LATERAL jsonb_to_recordset(f.restock) AS r ("productId" uuid, quantity int) ON r."productId" = i.product_id
  WHERE i.order_id = $1::uuid GROUP BY i.id ORDER BY i.product_id`;

/** Returns what an order took from stock and no refund has put back. */
export async function notReturned(tx: TxContext, orderId: string): Promise<Quantities> {
  const rows = await queryAll<{ product_id: string; quantity: number }>(tx, { text: NOT_RETURNED, values: [orderId] });
  return new Map(rows.filter(({ quantity }) => quantity > 0).map(({ product_id: id, quantity }) => [id, quantity]));
}

/*
 * returned   the products and quantities, from two array parameters.
 * locked     locks these products in id order: two returns of the same products cannot deadlock.
 */
const RETURN = `
  WITH returned AS (SELECT product_id, quantity FROM unnest($1::uuid[], $2::int[]) AS d (product_id, quantity)),
  locked AS (SELECT p.id, r.quantity FROM products p JOIN returned r ON r.product_id = p.id ORDER BY p.id FOR NO KEY UPDATE OF p)
  UPDATE products p SET stock_quantity = p.stock_quantity + l.quantity FROM locked l WHERE p.id = l.id`;

/** Puts quantities back to stock in one statement; the session variables tell the ledger the reason. */
export async function returnToStock(tx: TxContext, quantities: Quantities, variables: SessionVariables): Promise<void> {
  if (quantities.size === 0) return;
  await setSessionVariables(tx, variables);
  await queryAll(tx, { text: RETURN, values: [[...quantities.keys()], [...quantities.values()]] });
}
