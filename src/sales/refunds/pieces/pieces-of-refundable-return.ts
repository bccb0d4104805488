import type { TxContext } from '../../../context/context';
import { invalidBody } from '../../../problems/common-problems';
import type { Order } from '../../orders/order.model';
import { piecesOfOrder } from '../../orders/pieces/pieces.queries';
import { alreadyRefunded, notRefundable } from '../../problems';
import { Return } from '../../returns/return.model';
import { piecesOfReturn } from '../../returns/return-pieces.queries';
import type { RestockedProduct } from '../require-restockable';

interface RefundablePieces {
  readonly quantities: ReadonlyMap<string, number>;
  readonly restock: readonly RestockedProduct[];
}

/**
 * Returns the pieces of an order's return that are not refunded yet, by line, and those that are not back in stock; throws `invalid_body`
 * (422) for a return of another order, `not_refundable` or `already_refunded` (409).
 */
export async function piecesOfRefundableReturn(
  tx: TxContext,
  { id: orderId }: Order,
  returnId: string,
  restocks: boolean,
): Promise<RefundablePieces> {
  const found = await Return.findOne({ where: { id: returnId, orderId }, transaction: tx.transaction });
  if (!found) throw unknownReturn();
  requireAccepted(found, restocks);
  const lines = new Map((await piecesOfOrder(tx, orderId)).map((line) => [line.orderItemId, line]));
  const pieces = await piecesOfReturn(tx, returnId);
  const left = pieces.map(({ orderItemId, quantity, refunded }): readonly [string, number] => {
    const line = lines.get(orderItemId);
    return [orderItemId, Math.min(quantity - refunded, line ? line.ordered - line.refunded : 0)];
  });
  const quantities = new Map(left.filter(([, quantity]) => quantity > 0));
  if (quantities.size === 0) throw alreadyRefunded.because(`All pieces of the return ${found.returnNumber} are refunded already.`);
  const restock = pieces.map(({ productId, quantity, restocked }) => ({ productId, quantity: quantity - restocked }));
  return { quantities, restock: restock.filter(({ quantity }) => quantity > 0) };
}

function requireAccepted({ returnNumber, status }: Return, restocks: boolean): void {
  if (!['accepted', 'received', 'closed'].includes(status))
    throw notRefundable.because(`The return ${returnNumber} is ${status}; only accepted, received and closed returns can be refunded.`);
  if (restocks && status === 'accepted')
    throw notRefundable.because(
      `The goods of the return ${returnNumber} have not come in. Receive them first, or leave "restockItems" out.`,
    );
}

function unknownReturn() {
  const message = 'the order has no such return';
  return invalidBody.because(message, { errors: [{ pointer: '/returnId', code: 'unknown', message }] });
}
