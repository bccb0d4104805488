import type { Ctx } from '../../../context/context';
import { actorId } from '../../../context/permission';
import { BatchedCommand } from '../../../database/batching/batched-command';
import { JsonText } from '../../../http/output/reply';
import { notImplemented } from '../../../problems/common-problems';
import type { Found } from '../../../resource/read/read-one';
import { type NewOrder, newOrder, type OrderRequest, type UnpaidLimits } from './new-order';
import { type Outcome, placeOrders } from './place-orders.statement';
import { refusal } from './refusal';

const placing = new BatchedCommand<NewOrder, Outcome>(placeOrders);

/**
 * Places an order of the signed-in user in one transaction: takes the stock, the current prices and, for `balance`, the money. Throws
 * `forbidden` (403), `product_unavailable` or `invalid_body` (422), `too_many_unpaid_orders`, `insufficient_stock`, `total_mismatch` or
 * `insufficient_balance` (409).
 */
export async function placeOrder(ctx: Ctx, request: OrderRequest): Promise<Found & { readonly id: string }> {
  if (ctx.requestKey) throw notImplemented.because('Orders do not support Idempotency-Key yet. Nothing was done; leave the header out.');
  const order = newOrder(buyerIn(ctx), request, unpaidLimitsOf(ctx, request));
  const outcome = await placing.run(ctx, order);
  const { body, tag } = outcome;
  if (body === null) throw refusal(order, outcome);
  return { id: order.id, text: new JsonText(body), tag };
}

function unpaidLimitsOf({ env }: Ctx, { paymentMethod }: OrderRequest): UnpaidLimits | null {
  const { MAX_UNPAID_ORDERS_PER_ACCOUNT: orders, MAX_UNPAID_UNITS_PER_ACCOUNT: units } = env;
  if (paymentMethod === 'balance' || (orders === 'off' && units === 'off')) return null;
  return { orders: orders === 'off' ? null : orders, units: units === 'off' ? null : units };
}

function buyerIn({ actor }: Ctx): string {
  const id = actorId(actor);
  if (id === null) throw new Error('An order was placed without a signed-in user.');
  return id;
}
