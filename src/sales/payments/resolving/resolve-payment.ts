import type { TxContext } from '../../../context/context';
import { databaseTime } from '../../../database/database-time';
import type { Conditions } from '../../../http/endpoint';
import { invalidBody } from '../../../problems/common-problems';
import { type Found, readObject } from '../../../resource/read/read-one';
import { lockRow, requireVersion } from '../../../resource/write/lock-row';
import type { Parsed } from '../../../schema/schema';
import type { Order } from '../../orders/order.model';
import { requireOthersOrder } from '../../orders/order.policy';
import { lockOrder, moveOrder } from '../../orders/transitions/move-order';
import { Payment } from '../payment.model';
import { payments } from '../payment.resource';
import type { resolutionSchema } from '../payment.schemas';
import { requireUnsettled } from '../payment.states';

/** The body that resolves a payment. */
export type Resolution = Parsed<typeof resolutionSchema>;

/**
 * Resolves a payment that is held or due for a refund, by what a person decided: it pays its order, or the money has gone back. Throws
 * `not_found` (404), `second_person_required` (403), `precondition_failed` (412), `invalid_body` (422), `payment_settled` or
 * `invalid_transition` (409).
 */
export async function resolvePayment(tx: TxContext, id: string, resolution: Resolution, conditions: Conditions): Promise<Found> {
  const order = resolution.outcome === 'accepted' ? await lockPaidOrder(tx, id, resolution) : null;
  const payment = (await lockRow(tx, payments, id)) as Payment;
  requireVersion(payments, payment, conditions.ifMatch);
  requireUnsettled(payment.status);
  const settled = { note: resolution.note ?? null, resolvedAt: databaseTime() };
  if (order) {
    await moveOrder(tx, order, 'paid');
    await payment.update({ ...settled, status: 'received', orderId: order.id }, { transaction: tx.transaction });
  } else {
    await payment.update({ ...settled, status: 'refunded', refundedAmount: payment.amount }, { transaction: tx.transaction });
  }
  return readObject(tx, payments, id);
}

/* The order is locked before the payment, as everywhere, and what order a payment names never changes. */
async function lockPaidOrder(tx: TxContext, id: string, { orderId }: Resolution): Promise<Order> {
  const payment = await Payment.findByPk(id, { transaction: tx.transaction });
  if (!payment) await lockRow(tx, payments, id);
  const named = payment?.orderId ?? null;
  if (named !== null && orderId !== undefined && orderId !== named)
    throw wrongOrder(`The payment is of order ${named}; leave orderId out.`);
  const wanted = named ?? orderId;
  if (wanted === undefined) throw wrongOrder('The payment names no order that there is; say by orderId which one it pays.');
  return lockOrder(tx, wanted, { ifMatch: undefined, ifNoneMatch: undefined }, requireOthersOrder('mark orders as paid'));
}

function wrongOrder(message: string) {
  return invalidBody.because(message, { errors: [{ pointer: '/orderId', code: 'invalid_value', message }] });
}
