import { Decimal } from 'decimal.js';
import type { TxContext } from '../../context/context';
import type { Conditions } from '../../http/endpoint';
import { invalidBody } from '../../problems/common-problems';
import { type Found, readObject } from '../../resource/read/read-one';
import { requireAmountOf } from '../../resource/write/checks/require-amounts';
import { amountText } from '../../schema/currencies';
import type { Order } from '../orders/order.model';
import { requireOthersOrder } from '../orders/order.policy';
import { finishShipping } from '../orders/transitions/finish-shipping';
import { closeIfRefunded, lockOrder } from '../orders/transitions/move-order';
import { requireRefundable, requireReturnable } from '../orders/transitions/order.states';
import { refundExceedsTotal, restockExceedsSold } from '../problems';
import { notReturned, type Quantities } from '../stock/stock.queries';
import { createRefund } from './create-refund';
import { refunds } from './refund.resource';
import { refundedAmount } from './refunded-amount';

/** The body of a refund. */
export interface RefundRequest {
  readonly amount: string;
  readonly reason?: string;
  readonly restock?: readonly { readonly productId: string; readonly quantity: number }[];
}

/**
 * Refunds a part of an order, takes goods back, or both, and returns the refund; throws `not_found` (404), `second_person_required` (403),
 * `precondition_failed` (412), `invalid_body` (422), `not_refundable`, `refund_exceeds_total` or `restock_exceeds_sold` (409).
 */
export async function refundOrder(
  tx: TxContext,
  orderId: string,
  request: RefundRequest,
  conditions: Conditions,
): Promise<Found & { readonly id: string }> {
  // Decided under the order's lock (docs/adr/0004); a trigger checks it again.
  const order = await lockOrder(tx, orderId, conditions, requireOthersOrder('refund orders'));
  requireAmountOf(order.currency, 'amount', request.amount);
  const amount = new Decimal(request.amount);
  const restock = quantitiesOf(request);
  if (amount.isZero()) requireGoods(restock);
  if (amount.isZero()) requireReturnable(order.status);
  else requireRefundable(order.status);
  await requireRemaining(tx, order, amount);
  await requireSold(tx, order, restock, request);
  const { id } = await createRefund(tx, order, { amount, reason: request.reason ?? null, restock });
  await closeIfRefunded(tx, order);
  await finishShipping(tx, order);
  return { id, ...(await readObject(tx, refunds, id)) };
}

function requireGoods(restock: Quantities): void {
  if (restock.size > 0) return;
  const message = 'amount must be greater than 0, unless "restock" names goods that come back';
  throw invalidBody.because(message, { errors: [{ pointer: '/amount', code: 'too_small', message }] });
}

async function requireRemaining(tx: TxContext, { id, total, currency }: Order, amount: Decimal): Promise<void> {
  const remaining = new Decimal(total).minus(await refundedAmount(tx, id));
  if (amount.greaterThan(remaining)) throw refundExceedsTotal.because(`At most ${amountText(currency, remaining)} can still be refunded.`);
}

function quantitiesOf({ restock = [] }: RefundRequest): Quantities {
  const quantities = new Map<string, number>();
  for (const { productId, quantity } of restock) quantities.set(productId, (quantities.get(productId) ?? 0) + quantity);
  return quantities;
}

async function requireSold(
  tx: TxContext,
  { id: orderId }: Order,
  restock: Quantities,
  { restock: lines = [] }: RefundRequest,
): Promise<void> {
  if (restock.size === 0) return;
  const sold = await notReturned(tx, orderId);
  const left = (id: string) => sold.get(id) ?? 0;
  const errors = lines.flatMap(({ productId }, index) =>
    (restock.get(productId) ?? 0) <= left(productId)
      ? []
      : [{ pointer: `/restock/${index}/quantity`, code: 'too_large', message: `product ${productId}: at most ${left(productId)}` }],
  );
  if (errors.length === 0) return;
  throw restockExceedsSold.because('Restock exceeds quantity sold; lower the quantities of the products that "errors" names.', { errors });
}
