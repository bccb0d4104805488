import { v7 } from 'uuid';
import type { Unit } from '../../../database/batching/batch-unit';
import type { Parsed } from '../../../schema/schema';
import type { newOrderSchema } from '../order.schemas';
import { orderNumber } from './order-number';

export type NewOrder = Parsed<typeof newOrderSchema>;

/** A line that is to be. */
export interface NewLine {
  readonly id: string;
  readonly productId: string;
  readonly quantity: number;
}

/** The unit of work that places an order: it writes the order, its lines, its products and, where it pays from the balance, its buyer. */
export interface OrderUnit extends Unit {
  readonly userId: string;
  readonly number: string;
  readonly placedAt: Date;
  readonly wanted: NewOrder;
  readonly lines: readonly NewLine[];
}

/** An order with all that is not the shop's to say. A product that is named twice counts together. */
export function orderUnit(userId: string, wanted: NewOrder): OrderUnit {
  const id = v7();
  const placedAt = new Date();
  const demand = new Map<string, number>();
  for (const { productId, quantity } of wanted.items) demand.set(productId, (demand.get(productId) ?? 0) + quantity);
  const lines = [...demand].map(([productId, quantity]) => ({ id: v7(), productId, quantity }));
  return {
    id,
    rows: [id, ...lines.flatMap((line) => [line.id, line.productId]), ...(wanted.paymentMethod === 'balance' ? [userId] : [])],
    settings: { 'app.stock_reason': 'order', 'app.balance_kind': 'order', 'app.order_id': id },
    userId,
    number: orderNumber(placedAt),
    placedAt,
    wanted,
    lines,
  };
}
