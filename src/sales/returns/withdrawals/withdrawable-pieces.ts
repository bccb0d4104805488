import type { TxContext } from '../../../context/context';
import type { Order } from '../../orders/order.model';
import type { LineQuantity } from '../../orders/pieces/line-quantity.schemas';
import { type LinePieces, piecesOfOrder, returnable } from '../../orders/pieces/pieces.queries';
import { requireQuantities } from '../../orders/pieces/require-quantities';
import { nothingToReturn, notReturnable, returnExceedsShipped } from '../../problems';

/** What a withdrawal takes of an order. */
export interface WithdrawnPieces {
  /** By line of the order. */
  readonly quantities: ReadonlyMap<LinePieces, number>;
  /** Those of them that are not shipped yet: they are taken first. */
  readonly unshipped: ReadonlyMap<LinePieces, number>;
  /** Whether it takes all that the order still has, of which nothing was shipped: so it cancels the order. */
  readonly cancelsOrder: boolean;
}

/**
 * Returns the pieces of a locked order that a withdrawal takes: these, or all that can be; throws `invalid_body` (422), `not_returnable`,
 * `nothing_to_return` or `return_exceeds_shipped` (409).
 */
export async function withdrawablePieces(tx: TxContext, order: Order, items?: readonly LineQuantity[]): Promise<WithdrawnPieces> {
  if (order.status === 'cancelled' || order.status === 'refunded')
    throw notReturnable.because(`The order is ${order.status} already: there is nothing to withdraw from.`);
  const lines = await piecesOfOrder(tx, order.id);
  const quantities = items ? requireQuantities(lines, items, LIMIT) : all(lines);
  const unshipped = new Map([...quantities].map(([line, quantity]) => [line, Math.min(quantity, line.toShip)]));
  const takesAll = lines.every((line) => line.shipped === 0 && line.toShip === (unshipped.get(line) ?? 0));
  const cancelsOrder = takesAll && (order.status === 'pending' || order.status === 'paid');
  if (order.status === 'pending' && !cancelsOrder)
    throw notReturnable.because('The order is not paid yet: withdraw from all of it, or cancel it and order again.');
  return { quantities, unshipped, cancelsOrder };
}

const most = (line: LinePieces) => line.toShip + returnable(line);

const LIMIT = {
  most,
  refusal: returnExceedsShipped,
  detail: 'More would be withdrawn than the order still has; lower the quantities of the lines that "errors" names.',
};

function all(lines: readonly LinePieces[]): ReadonlyMap<LinePieces, number> {
  const left = lines.filter((line) => most(line) > 0);
  if (left.length > 0) return new Map(left.map((line) => [line, most(line)]));
  throw nothingToReturn.because('Everything of the order has come back, or is about to. GET …/returns lists it.');
}
