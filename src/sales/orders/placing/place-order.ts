import type { Ctx } from '../../../context/context';
import { actorId, requirePermission } from '../../../context/permission';
import { BatchedCommand } from '../../../database/batching/batched-command';
import { replayed } from '../../../http/idempotency/kept-reply';
import { etagHeader } from '../../../http/output/conditional';
import { created, JsonText, type Reply } from '../../../http/output/reply';
import { replyFound } from '../../../idempotency/stored-reply';
import { orders } from '../order.resource';
import { identifiedLines } from './identified-lines';
import { type NewOrder, newOrder, type OrderRequest, type UnpaidLimits } from './new-order';
import { refusal } from './refusal';
import { type Outcome, placeOrders } from './statement/place-orders.statement';

const placing = new BatchedCommand<NewOrder, Outcome>(placeOrders);

/**
 * Places an order of the signed-in user, or by staff with `orders:place` of a customer, in one transaction: takes the stock, the current prices and, for `balance`, the money. Under
 * the idempotency key of an earlier order, returns the reply to that. Throws
 * `forbidden` (403), `product_unavailable` or `invalid_body` (422), `too_many_unpaid_orders`, `insufficient_stock`, `total_mismatch` or
 * `insufficient_balance` (409).
 */
export async function placeOrder(ctx: Ctx, request: OrderRequest): Promise<Reply> {
  const order = newOrder(request, {
    env: ctx.env,
    items: await identifiedLines(ctx, request.items),
    userId: buyerOf(ctx, request),
    unpaidLimits: unpaidLimitsOf(ctx, request),
    key: ctx.requestKey ?? null,
  });
  const outcome = await placing.run(ctx, order);
  const earlier = earlierReply(order, outcome);
  if (earlier) return earlier;
  const { body, tag } = outcome;
  if (body === null) throw refusal(order, outcome);
  return created(`${orders.prefix}/${order.id}`, new JsonText(body), etagHeader(tag));
}

function earlierReply({ key }: NewOrder, { claim, reply_status, reply_headers, reply_body }: Outcome): Reply | null {
  if (!key || !claim) return null;
  const row = { state: claim, status: reply_status, headers: reply_headers, body: reply_body, is_encrypted: false };
  const found = replyFound(key, row);
  return found && replayed(found);
}

function unpaidLimitsOf({ env }: Ctx, { paymentMethod }: OrderRequest): UnpaidLimits | null {
  const { MAX_UNPAID_ORDERS_PER_ACCOUNT: orders, MAX_UNPAID_UNITS_PER_ACCOUNT: units } = env;
  if (paymentMethod === 'balance' || (orders === 'off' && units === 'off')) return null;
  return { orders: orders === 'off' ? null : orders, units: units === 'off' ? null : units };
}

/* The stock and the money of an order are its buyer's, whoever enters it. */
function buyerOf(ctx: Ctx, { userId }: OrderRequest): string {
  const id = actorId(ctx.actor);
  if (userId !== undefined && userId !== id) {
    requirePermission(ctx, 'orders:place');
    return userId;
  }
  if (id === null) throw new Error('An order was placed without a signed-in user.');
  return id;
}
