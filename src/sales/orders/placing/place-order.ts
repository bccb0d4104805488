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
  const { reply, outcome } = await attempt(ctx, order);
  if (reply) return reply;
  throw refusal(order, outcome);
}

/** What became of an order: the reply that shows it, or that its idempotency key had before; otherwise null, and what the statement found. */
export interface Attempt {
  readonly reply: Reply | null;
  readonly outcome: Outcome;
}

/** Runs the statement that places an order, and returns what became of it. */
export async function attempt(ctx: Ctx, order: NewOrder): Promise<Attempt> {
  const outcome = await placing.run(ctx, order);
  const { body, tag } = outcome;
  const placed = () => (body === null ? null : created(`${orders.prefix}/${order.id}`, new JsonText(body), etagHeader(tag)));
  return { reply: earlierReply(order, outcome) ?? placed(), outcome };
}

function earlierReply({ key }: NewOrder, { claim, reply_status, reply_headers, reply_body }: Outcome): Reply | null {
  if (!key || !claim) return null;
  const row = { state: claim, status: reply_status, headers: reply_headers, body: reply_body, is_encrypted: false };
  const found = replyFound(key, row);
  return found && replayed(found);
}

/** Returns how much a buyer may hold unpaid with an order of this payment method; null for no limit. */
export function unpaidLimitsOf({ env }: Ctx, { paymentMethod }: Pick<OrderRequest, 'paymentMethod'>): UnpaidLimits | null {
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
