import { Decimal } from 'decimal.js';
import type { TxContext } from '../../../context/context';
import { databaseTime } from '../../../database/database-time';
import { type Found, readObject } from '../../../resource/read/read-one';
import type { Order } from '../../orders/order.model';
import type { LinePieces } from '../../orders/pieces/pieces.queries';
import { cancelLocked } from '../../orders/transitions/cancel-order';
import { finishShipping } from '../../orders/transitions/finish-shipping';
import { closeIfRefunded } from '../../orders/transitions/move-order';
import { invalidTransition } from '../../problems';
import { createRefund } from '../../refunds/create-refund';
import { costsOfPieces } from '../../refunds/pieces/costs-of-pieces.queries';
import { refundedAmount } from '../../refunds/refunded-amount';
import { lockReturn } from '../handling/lock-return';
import type { Return } from '../return.model';
import { requireReturner } from '../return.policy';
import { returns } from '../return.resource';
import { ReturnItem } from '../return-item.model';
import { requireToken } from './confirmation-token';
import { type WithdrawnPieces, withdrawablePieces } from './withdrawable-pieces';
import { withdrawnLines } from './withdrawal-statement';
import { requireInTime } from './withdrawal-window.queries';

/**
 * Confirms a withdrawal, the second of two steps, and returns it with its receipt: once, however often it is sent. What is not shipped is
 * refunded and goes back to stock; an order of which nothing was shipped, and nothing is left, is cancelled. Throws `not_found` (404),
 * `forbidden` (403), `invalid_body` (422), `invalid_transition`, `not_returnable`, `return_exceeds_shipped`, `withdrawal_expired` or
 * `balance_limit_exceeded` (409).
 */
export async function confirmWithdrawal(tx: TxContext, id: string, token: string): Promise<Found> {
  const { order, row } = await lockReturn(tx, id, { ifMatch: undefined, ifNoneMatch: undefined }, requireReturner);
  const { confirmationHash } = row;
  if (!confirmationHash) throw invalidTransition.because('A return that was asked for needs no confirmation.');
  requireToken(token, confirmationHash);
  if (row.status === 'pending') await confirm(tx, order, row);
  return readObject(tx, returns, id, { fields: null, include: ['items'] });
}

async function confirm(tx: TxContext, order: Order, row: Return): Promise<void> {
  const { transaction } = tx;
  const items = await ReturnItem.findAll({ where: { returnId: row.id }, order: ['orderItemId'], transaction });
  const pieces = await withdrawablePieces(tx, order, items);
  const receivedAt = await requireInTime(tx, order);
  const unshipped = byLine(pieces.unshipped);
  for (const item of items) await item.update({ unshippedQuantity: unshipped.get(item.orderItemId) ?? 0 }, { transaction });
  const isOver = items.every(({ quantity, unshippedQuantity }) => quantity === unshippedQuantity);
  const receipt = await receiptOf(tx, order, row, byLine(pieces.quantities), receivedAt);
  const times = { confirmedAt: receivedAt, ...(isOver && { closedAt: databaseTime() }) };
  await row.update({ status: isOver ? 'closed' : 'accepted', receipt, ...times }, { transaction });
  await giveBack(tx, order, row, pieces);
}

/* To the second, without milliseconds: the text is what the consumer keeps. */
async function receiptOf(tx: TxContext, { orderNumber }: Order, row: Return, quantities: ReadonlyMap<string, number>, receivedAt: Date) {
  const { returnNumber, name, email, statement } = row;
  const time = `${receivedAt.toISOString().slice(0, 19)}Z`;
  return { number: returnNumber, receivedAt: time, orderNumber, name, email, statement, items: await withdrawnLines(tx, quantities) };
}

async function giveBack(tx: TxContext, order: Order, row: Return, { unshipped, cancelsOrder }: WithdrawnPieces): Promise<void> {
  if (cancelsOrder) return cancelLocked(tx, order);
  const taken = [...unshipped].filter(([, quantity]) => quantity > 0);
  if (taken.length === 0) return;
  const refundable = taken.map(([line, quantity]) => [line.orderItemId, Math.min(quantity, line.ordered - line.refunded)] as const);
  const items = await costsOfPieces(tx, new Map(refundable.filter(([, quantity]) => quantity > 0)));
  const restock = new Map(taken.map(([{ productId }, quantity]) => [productId, quantity]));
  const cost = items.reduce((sum, { amount }) => sum.plus(amount), new Decimal(0));
  const left = new Decimal(order.total).minus(await refundedAmount(tx, order.id));
  // Amounts that were refunded without saying for what may leave less than the pieces cost.
  const content = cost.lessThanOrEqualTo(left) ? { amount: cost, items } : { amount: left };
  await createRefund(tx, order, { ...content, reason: `Withdrawal ${row.returnNumber}`, restock, returnId: row.id });
  await closeIfRefunded(tx, order);
  await finishShipping(tx, order);
}

function byLine(quantities: ReadonlyMap<LinePieces, number>): ReadonlyMap<string, number> {
  return new Map([...quantities].map(([{ orderItemId }, quantity]) => [orderItemId, quantity]));
}
