import { Decimal } from 'decimal.js';
import { v7 } from 'uuid';
import { unitOfWork } from '../../database/unit-of-work';
import type { Ctx, TxContext } from '../../http/context';
import type { Parsed } from '../../http/input/schema';
import { type Found, readObject } from '../../resource/read';
import { debit } from '../balance/change-balance';
import { productUnavailable, totalMismatch } from '../problems';
import { Order } from './order.model';
import { orders } from './order.resource';
import type { newOrderSchema } from './order.schemas';
import { OrderItem } from './order-item.model';
import { orderNumber } from './order-number';
import { type Demand, type Taken, takeStock } from './take-stock';

export type NewOrder = Parsed<typeof newOrderSchema>;

const WITH_ITEMS = { fields: null, include: ['items'] };

/**
 * Places an order in one transaction: takes the stock, the prices of now and, for `balance`, the money. Throws
 * `product_unavailable` (422), `insufficient_stock`, `total_mismatch` or `insufficient_balance` (409); nothing has happened then.
 */
export async function placeOrder(ctx: Ctx, userId: string, wanted: NewOrder): Promise<Found & { readonly id: string }> {
  const id = v7();
  const settings = { 'app.stock_reason': 'order', 'app.balance_kind': 'order', 'app.order_id': id };
  const found = await unitOfWork(ctx, (tx) => place(tx, id, userId, wanted), { settings });
  return { ...found, id };
}

async function place(tx: TxContext, id: string, userId: string, wanted: NewOrder): Promise<Found> {
  const taken = await takeStock(tx, demandOf(wanted));
  const total = totalOf(taken, wanted.expectedTotal);
  const isPaid = wanted.paymentMethod === 'balance';
  if (isPaid) await debit(tx, userId, total);
  await writeOrder(tx, id, userId, wanted, taken, total);
  return readObject(tx, orders, id, WITH_ITEMS);
}

/* A product that is named twice counts together. */
function demandOf({ items }: NewOrder): Demand {
  const demand = new Map<string, number>();
  for (const { productId, quantity } of items) demand.set(productId, (demand.get(productId) ?? 0) + quantity);
  return demand;
}

function totalOf(taken: readonly Taken[], expected: string | undefined): Decimal {
  if (new Set(taken.map(({ currency }) => currency)).size > 1) {
    throw productUnavailable.because('An order is in one currency: place one for each.');
  }
  const total = taken.reduce((sum, line) => sum.plus(subtotalOf(line)), new Decimal(0));
  if (expected === undefined || total.equals(expected)) return total;
  throw totalMismatch.because(`The total is ${total.toFixed(2)} now, not ${expected}.`);
}

function subtotalOf({ price, quantity }: Taken): Decimal {
  return new Decimal(price).times(quantity);
}

async function writeOrder(
  tx: TxContext,
  id: string,
  userId: string,
  wanted: NewOrder,
  taken: readonly Taken[],
  total: Decimal,
): Promise<void> {
  const { transaction } = tx;
  const placedAt = new Date();
  const isPaid = wanted.paymentMethod === 'balance';
  await Order.create(
    {
      id,
      orderNumber: orderNumber(placedAt),
      userId,
      status: isPaid ? 'paid' : 'pending',
      paymentMethod: wanted.paymentMethod,
      subtotal: total.toFixed(2),
      total: total.toFixed(2),
      currency: taken[0]?.currency ?? 'USD',
      shippingAddress: wanted.shippingAddress ?? null,
      note: wanted.note ?? null,
      placedAt,
      paidAt: isPaid ? placedAt : null,
    },
    { transaction },
  );
  await OrderItem.bulkCreate(
    taken.map((line) => ({
      orderId: id,
      productId: line.id,
      productName: line.name,
      sku: line.sku,
      quantity: line.quantity,
      unitPrice: line.price,
      subtotal: subtotalOf(line).toFixed(2),
    })),
    { validate: true, transaction },
  );
}
