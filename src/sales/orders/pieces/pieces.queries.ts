import type { TxContext } from '../../../context/context';
import { queryAll } from '../../../database/sql/statement';

/** The pieces of a line of an order, by what became of them. */
export interface LinePieces {
  readonly orderItemId: string;
  readonly productId: string;
  readonly ordered: number;
  readonly shipped: number;
  /** Those that went back to stock without a return: first the ones that are not shipped. */
  readonly restocked: number;
  readonly toShip: number;
  /** Those that were shipped and come back, or are about to. */
  readonly returned: number;
  /** Those that refunds of pieces paid back. */
  readonly refunded: number;
}

/* The function counts for the guards, too, so that both decide by the same numbers. */
const PIECES = `
  SELECT order_item_id AS "orderItemId", product_id AS "productId", ordered, shipped, restocked, to_ship AS "toShip", returned, refunded
  FROM pieces_of_order($1::uuid)`;

/** Returns the pieces of each line of an order; call it under the order's lock. */
export function piecesOfOrder(tx: TxContext, orderId: string): Promise<readonly LinePieces[]> {
  return queryAll<LinePieces & Record<string, unknown>>(tx, { text: PIECES, values: [orderId] });
}

/** Returns how many pieces of a line are with the customer and not about to come back. */
export function returnable({ ordered, shipped, restocked, returned }: LinePieces): number {
  const broughtBack = Math.max(0, shipped + restocked - ordered);
  return Math.max(0, shipped - returned - broughtBack);
}
