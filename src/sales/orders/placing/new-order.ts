import { v7 } from 'uuid';
import type { RequestKey } from '../../../context/request-key';
import type { BatchUnit } from '../../../database/batching/batch-unit';
import type { Parsed } from '../../../schema/schema';
import type { newOrderSchema } from '../order.schemas';
import { orderNumberCode } from './order-number-code';

/** The body of a new order. */
export type OrderRequest = Parsed<typeof newOrderSchema>;

/** A line to insert. */
export interface NewLine {
  readonly id: string;
  readonly productId: string;
  readonly quantity: number;
}

/** How much a buyer may hold unpaid, this order included; null for no limit. */
export interface UnpaidLimits {
  readonly orders: number | null;
  readonly units: number | null;
}

/**
 * The unit of work that places an order. Its rows are the order, its lines, its products and, where it pays from the balance or counts
 * towards the buyer's unpaid orders, its buyer.
 */
export interface NewOrder extends BatchUnit {
  readonly userId: string;
  readonly numberCode: string;
  readonly request: OrderRequest;
  readonly lines: readonly NewLine[];
  /** The pieces of all lines. */
  readonly units: number;
  /** Null where no limit applies. */
  readonly unpaidLimits: UnpaidLimits | null;
  /** Under which the reply is recorded; null where the request has no Idempotency-Key. */
  readonly key: RequestKey | null;
}

/** Returns an order to place, with new ids and a number; the quantities of a product that is named twice are added up. */
export function newOrder(userId: string, request: OrderRequest, unpaidLimits: UnpaidLimits | null, key: RequestKey | null): NewOrder {
  const id = v7();
  const quantities = new Map<string, number>();
  for (const { productId, quantity } of request.items) quantities.set(productId, (quantities.get(productId) ?? 0) + quantity);
  const lines = [...quantities].map(([productId, quantity]) => ({ id: v7(), productId, quantity }));
  return {
    id,
    rows: [
      id,
      ...lines.flatMap((line) => [line.id, line.productId]),
      ...(request.paymentMethod === 'balance' || unpaidLimits ? [userId] : []),
    ],
    variables: { 'app.stock_reason': 'order', 'app.balance_kind': 'order', 'app.order_id': id },
    userId,
    numberCode: orderNumberCode(),
    request,
    lines,
    units: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    unpaidLimits,
    key,
  };
}
