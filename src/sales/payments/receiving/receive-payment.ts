import { Decimal } from 'decimal.js';
import type { TxContext } from '../../../context/context';
import { databaseTime } from '../../../database/database-time';
import { repeatUnit } from '../../../database/transaction/unit-of-work';
import { Order } from '../../orders/order.model';
import { moveOrder } from '../../orders/transitions/move-order';
import { Payment } from '../payment.model';
import { PaymentEvent } from '../payment-event.model';
import type { ProviderEvent } from '../providers/payment-provider';
import { settlementOf } from './settlement';

/** A message of a provider, by its id. */
export interface ProviderMessage {
  readonly provider: string;
  readonly eventId: string;
  readonly event: ProviderEvent;
}

/** What a message did. */
export interface Receipt {
  readonly payment: Payment;
  /** Whether the message had its effect before. */
  readonly isRepeat: boolean;
}

/**
 * Records a message of a provider with its effect on the payment and the order, once, however often and in whatever order messages come. The
 * order is locked first, so that its expiry and its payments decide one after the other.
 */
export async function receivePayment(tx: TxContext, message: ProviderMessage): Promise<Receipt> {
  const order = await lockOrder(tx, message.event);
  const earlier = await findRecorded(tx, message);
  if (earlier) return { payment: earlier, isRepeat: true };
  const known = await lockPayment(tx, message);
  const payment = known ?? (await beforeTwin(Payment.create(firstValues(message, order), { transaction: tx.transaction })));
  await beforeTwin(record(tx, message, payment));
  const wasReceived = known?.status === 'received';
  if (known) await known.update(await changesOf(tx, message, known, order), { transaction: tx.transaction });
  if (order && payment.status === 'received' && !wasReceived) await moveOrder(tx, order, 'paid');
  return { payment, isRepeat: false };
}

async function lockOrder({ transaction }: TxContext, { orderId, orderNumber }: ProviderEvent): Promise<Order | null> {
  if (orderId === null && orderNumber === null) return null;
  const where = { ...(orderId !== null && { id: orderId }), ...(orderNumber !== null && { orderNumber }) };
  return Order.findOne({ where, lock: transaction.LOCK.NO_KEY_UPDATE, transaction });
}

async function findRecorded({ transaction }: TxContext, { provider, eventId }: ProviderMessage): Promise<Payment | null> {
  const event = await PaymentEvent.findOne({ where: { provider, eventId }, transaction });
  return event && Payment.findByPk(event.paymentId, { rejectOnEmpty: true, transaction });
}

function lockPayment({ transaction }: TxContext, { provider, event }: ProviderMessage): Promise<Payment | null> {
  const where = { provider, providerReference: event.reference };
  return Payment.findOne({ where, lock: transaction.LOCK.NO_KEY_UPDATE, transaction });
}

/* A message of the same payment, or the same one, has been recorded meanwhile where no order's lock kept it waiting. */
function beforeTwin<T>(writing: Promise<T>): Promise<T> {
  return writing.catch((error: unknown) => {
    repeatUnit(error);
    throw error;
  });
}

async function record(
  { transaction }: TxContext,
  { provider, eventId, event }: ProviderMessage,
  { id: paymentId }: Payment,
): Promise<void> {
  const { type, amount, currency } = event;
  await PaymentEvent.create({ paymentId, provider, eventId, type, amount, currency, createdAt: databaseTime() }, { transaction });
}

function firstValues({ provider, event }: ProviderMessage, order: Order | null) {
  const { type, reference, amount, currency } = event;
  const values = { provider, providerReference: reference, orderId: order?.id ?? null, amount, currency };
  switch (type) {
    case 'succeeded':
      return { ...values, ...settlementOf(event, order), receivedAt: databaseTime() };
    case 'failed':
      return { ...values, status: 'failed' as const };
    case 'refunded':
      return { ...values, status: 'refunded' as const, refundedAmount: amount };
  }
}

/* The amount is what the message says that the money arrived by; from then on it is fixed, and a further such message changes nothing. */
async function changesOf(tx: TxContext, { event }: ProviderMessage, payment: Payment, order: Order | null) {
  const { type, amount, currency } = event;
  const isNews = payment.receivedAt === null;
  if (type === 'failed' || (type === 'succeeded' && !isNews)) return {};
  const now = type === 'succeeded' ? { amount, currency } : payment;
  // A person may have said before that it went back.
  const refunded = Decimal.min(now.amount, Decimal.max(payment.refundedAmount, await refundedSum(tx, payment, now.currency)));
  const refundedAmount = refunded.toFixed();
  if (refunded.greaterThanOrEqualTo(now.amount)) {
    const arrived = type === 'succeeded' ? { amount, currency, orderId: order?.id ?? null, receivedAt: databaseTime(), reason: null } : {};
    return { ...arrived, refundedAmount, status: 'refunded' as const };
  }
  if (type === 'refunded') return { refundedAmount };
  const settled = settlementOf(event, order);
  return { ...settled, amount, currency, orderId: order?.id ?? null, refundedAmount, receivedAt: databaseTime() };
}

async function refundedSum({ transaction }: TxContext, { id: paymentId }: Payment, currency: string): Promise<Decimal> {
  // Typed as a number; PostgreSQL's numeric arrives as text, and null for no row.
  const sum: unknown = await PaymentEvent.sum('amount', { where: { paymentId, type: 'refunded', currency }, transaction });
  return new Decimal(sum === null ? 0 : String(sum));
}
