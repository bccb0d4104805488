import { Decimal } from 'decimal.js';
import type { TxContext } from '../../context/context';
import type { Conditions } from '../../http/endpoint';
import { invalidBody } from '../../problems/common-problems';
import { type Found, readObject } from '../../resource/read/read-one';
import { amountText } from '../../schema/currencies';
import type { Order } from '../orders/order.model';
import { requireOthersOrder } from '../orders/order.policy';
import { finishShipping } from '../orders/transitions/finish-shipping';
import { closeIfRefunded, lockOrder } from '../orders/transitions/move-order';
import { requireRefundable, requireReturnable } from '../orders/transitions/order.states';
import { refundExceedsTotal } from '../problems';
import type { Quantities } from '../stock/stock.queries';
import { contentOfRefund, type RefundRequest } from './content-of-refund';
import { createRefund } from './create-refund';
import { refunds } from './refund.resource';
import { refundedAmount } from './refunded-amount';
import { requireRestockable } from './require-restockable';

/**
 * Refunds a part of an order, takes goods back, or both, and returns the refund; throws `not_found` (404), `second_person_required` (403),
 * `precondition_failed` (412), `invalid_body` (422), `not_refundable`, `refund_exceeds_total`, `already_refunded` or `restock_exceeds_sold`
 * (409).
 */
export async function refundOrder(
  tx: TxContext,
  orderId: string,
  request: RefundRequest,
  conditions: Conditions,
): Promise<Found & { readonly id: string }> {
  // Decided under the order's lock (docs/adr/0004); a trigger checks it again.
  const order = await lockOrder(tx, orderId, conditions, requireOthersOrder('refund orders'));
  requireReturnable(order.status);
  const { amount, items, restock: lines } = await contentOfRefund(tx, order, request);
  if (!amount.isZero()) requireRefundable(order.status);
  await requireRemaining(tx, order, amount);
  const restock = await requireRestockable(tx, order, lines, request.restockItems === true ? '/items' : '/restock');
  if (amount.isZero()) requireGoods(restock);
  const { returnId = null, reason = null, includeShipping = false } = request;
  const { id } = await createRefund(tx, order, { amount, reason, restock, items, returnId, includesShipping: includeShipping });
  await closeIfRefunded(tx, order);
  await finishShipping(tx, order);
  return { id, ...(await readObject(tx, refunds, id, { fields: null, include: ['items'] })) };
}

async function requireRemaining(tx: TxContext, { id, total, currency }: Order, amount: Decimal): Promise<void> {
  const remaining = new Decimal(total).minus(await refundedAmount(tx, id));
  if (amount.greaterThan(remaining)) throw refundExceedsTotal.because(`At most ${amountText(currency, remaining)} can still be refunded.`);
}

function requireGoods(restock: Quantities): void {
  if (restock.size > 0) return;
  const message = 'amount must be greater than 0, unless "restock" names goods that come back';
  throw invalidBody.because(message, { errors: [{ pointer: '/amount', code: 'too_small', message }] });
}
