import { v7 } from 'uuid';
import { runAsUnitOfWork } from '../../../database/one-statement';
import type { RowLocks } from '../../../database/together/group-transaction';
import type { Ctx } from '../../../http/context';
import type { Parsed } from '../../../http/input/schema';
import { JsonText } from '../../../http/output/reply';
import type { Found } from '../../../resource/read';
import type { newOrderSchema } from '../order.schemas';
import { orderNumber } from './order-number';
import { type Outcome, placeOrderStatement } from './place-order.statement';
import { refusal } from './refuse-order';

export type NewOrder = Parsed<typeof newOrderSchema>;

/** How many of each product an order asks for, by product id. */
type Demand = ReadonlyMap<string, number>;

/**
 * Places an order in one transaction: takes the stock, the prices of now and, for `balance`, the money. Throws
 * `product_unavailable` (422), `insufficient_stock`, `total_mismatch` or `insufficient_balance` (409); nothing has happened then.
 */
export async function placeOrder(ctx: Ctx, userId: string, wanted: NewOrder): Promise<Found & { readonly id: string }> {
  const id = v7();
  const demand = demandOf(wanted);
  const statement = { text: placeOrderStatement(ctx, wanted.paymentMethod), values: valuesOf(id, userId, wanted, demand) };
  const settings = { 'app.stock_reason': 'order', 'app.balance_kind': 'order', 'app.order_id': id };
  const [outcome] = await runAsUnitOfWork<Outcome>(ctx, statement, { settings, locks: locksOf(userId, wanted, demand) });
  if (!outcome) throw new Error('Placing an order answered nothing.');
  const { body, version } = outcome;
  if (body === null || version === null) throw refusal([...demand.keys()], outcome, wanted.expectedTotal);
  return { id, text: new JsonText(body), version, digest: null };
}

/* A product that is named twice counts together. */
function demandOf({ items }: NewOrder): Demand {
  const demand = new Map<string, number>();
  for (const { productId, quantity } of items) demand.set(productId, (demand.get(productId) ?? 0) + quantity);
  return demand;
}

/* What the order waits for: its products, and the balance where it pays. */
function locksOf(userId: string, { paymentMethod }: NewOrder, demand: Demand): RowLocks[] {
  const products = { table: 'products', ids: [...demand.keys()] };
  return paymentMethod === 'balance' ? [products, { table: 'users', ids: [userId] }] : [products];
}

function valuesOf(id: string, userId: string, wanted: NewOrder, demand: Demand): unknown[] {
  const products = [...demand.keys()];
  const placedAt = new Date();
  return [
    products,
    [...demand.values()],
    products.map(() => v7()),
    id,
    orderNumber(placedAt),
    userId,
    wanted.expectedTotal ?? null,
    wanted.shippingAddress ? JSON.stringify(wanted.shippingAddress) : null,
    wanted.note ?? null,
    placedAt,
  ];
}
