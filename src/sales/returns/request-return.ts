import type { TxContext } from '../../context/context';
import { type Found, readObject } from '../../resource/read/read-one';
import type { LineQuantity } from '../orders/pieces/line-quantity.schemas';
import { type LinePieces, piecesOfOrder, returnable } from '../orders/pieces/pieces.queries';
import { requireQuantities } from '../orders/pieces/require-quantities';
import { lockOrder } from '../orders/transitions/move-order';
import { nothingToReturn, returnExceedsShipped } from '../problems';
import { newReturn } from './new-return';
import { requireReturner } from './return.policy';
import { returns } from './return.resource';

/** The body of a return. */
export interface ReturnRequest {
  readonly items?: readonly LineQuantity[];
  readonly reason?: string;
}

/**
 * Asks for a return of pieces that were shipped, or of all of them; throws `not_found` (404), `forbidden` (403), `invalid_body` (422),
 * `nothing_to_return` or `return_exceeds_shipped` (409).
 */
export async function requestReturn(
  tx: TxContext,
  orderId: string,
  { items, reason }: ReturnRequest,
): Promise<Found & { readonly id: string }> {
  const order = await lockOrder(tx, orderId, { ifMatch: undefined, ifNoneMatch: undefined }, requireReturner);
  const lines = await piecesOfOrder(tx, orderId);
  const pieces = items ? requireQuantities(lines, items, LIMIT) : allShipped(lines);
  const quantities = new Map([...pieces].map(([{ orderItemId }, quantity]) => [orderItemId, quantity]));
  const { id } = await newReturn(tx, order, { kind: 'return', status: 'requested', reason: reason ?? null }, quantities);
  return { id, ...(await readObject(tx, returns, id, { fields: null, include: ['items'] })) };
}

const LIMIT = {
  most: returnable,
  refusal: returnExceedsShipped,
  detail: 'More would come back than was shipped; lower the quantities of the lines that "errors" names.',
};

function allShipped(lines: readonly LinePieces[]): ReadonlyMap<LinePieces, number> {
  const left = lines.filter((line) => returnable(line) > 0);
  if (left.length > 0) return new Map(left.map((line) => [line, returnable(line)]));
  throw nothingToReturn.because('Nothing of the order is with the customer: it is not shipped, or has come back, or is about to.');
}
