import type { TxContext } from '../../../context/context';
import { queryAll } from '../../../database/sql/statement';

/** The pieces of a line of an order, by what became of them. */
export interface LinePieces {
  readonly orderItemId: string;
  readonly productId: string;
  readonly ordered: number;
  readonly shipped: number;
  /** Those that refunds put back to stock: first the ones that are not shipped. */
  readonly restocked: number;
  readonly toShip: number;
}

/* The function counts for the guards, too, so that both decide by the same numbers. */
const PIECES = `
  SELECT order_item_id AS "orderItemId", product_id AS "productId", ordered, shipped, restocked, to_ship AS "toShip"
  FROM pieces_of_order($1::uuid)`;

/** Returns the pieces of each line of an order; call it under the order's lock. */
export function piecesOfOrder(tx: TxContext, orderId: string): Promise<readonly LinePieces[]> {
  return queryAll<LinePieces & Record<string, unknown>>(tx, { text: PIECES, values: [orderId] });
}
