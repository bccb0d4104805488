import type { Ctx, TxContext } from '../../context/context';
import { queryShared } from '../../database/batching/shared-connections';
import { queryAll } from '../../database/sql/statement';
import { rowsOfCancellation } from '../orders/transitions/rows-of-order.queries';

/** The pieces of a line in a return, and those of them that refunds of this return paid back and put back to stock. */
export interface ReturnedPieces {
  readonly orderItemId: string;
  readonly productId: string;
  readonly quantity: number;
  readonly refunded: number;
  readonly restocked: number;
}

const PIECES = `
  SELECT g.order_item_id AS "orderItemId", i.product_id AS "productId", g.quantity,
    (SELECT coalesce(sum(x.quantity), 0)::int FROM refunds f JOIN refund_items x ON x.refund_id = f.id
      WHERE f.return_id = g.return_id AND x.order_item_id = g.order_item_id) AS refunded,
    (SELECT coalesce(sum(x.quantity), 0)::int FROM refunds f, jsonb_to_recordset(f.restock) AS x ("productId" uuid, quantity int)
      WHERE f.return_id = g.return_id AND x."productId" = i.product_id) AS restocked
  FROM return_items g JOIN order_items i ON i.id = g.order_item_id WHERE g.return_id = $1::uuid ORDER BY i.id`;

/** Returns the pieces of each line in a return; call it under the order's lock. */
export function piecesOfReturn(tx: TxContext, returnId: string): Promise<readonly ReturnedPieces[]> {
  return queryAll<ReturnedPieces & Record<string, unknown>>(tx, { text: PIECES, values: [returnId] });
}

/** Returns the ids of the rows that a write of a return may lock: it, its order, and what the order's money and goods go back to. */
export async function rowsOfReturn(ctx: Ctx, id: string): Promise<readonly string[]> {
  const text = 'SELECT order_id FROM returns WHERE id = $1::uuid';
  const [row] = await queryShared<{ order_id: string }>(ctx, { text, values: [id] });
  return row ? [id, ...(await rowsOfCancellation(ctx, row.order_id))] : [id];
}
