import { v7 } from 'uuid';
import type { Env } from '../../../../config/env';
import type { RequestKey } from '../../../context/request-key';
import type { BatchUnit } from '../../../database/batching/batch-unit';
import type { Parsed } from '../../../schema/schema';
import { type Destination, destinationOf } from '../../pricing/destination';
import type { TaxRules } from '../../pricing/pricing.statement';
import { taxRulesOf } from '../../pricing/tax-rules';
import type { newOrderSchema } from '../order.schemas';
import type { Line } from './identified-lines';
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
  /** Null for a guest. */
  readonly userId: string | null;
  /** What it is made of; null where it was not a cart. */
  readonly cart: OrderedCart | null;
  readonly numberCode: string;
  readonly request: OrderRequest;
  readonly items: readonly Line[];
  readonly lines: readonly NewLine[];
  readonly place: Destination;
  readonly taxRules: TaxRules;
  /** How long it may be unpaid; null for ever. */
  readonly expiresMinutes: number | null;
  /** The pieces of all lines. */
  readonly units: number;
  /** Null where no limit applies. */
  readonly unpaidLimits: UnpaidLimits | null;
  /** Under which the reply is recorded; null where the request has no Idempotency-Key. */
  readonly key: RequestKey | null;
}

/** A cart that becomes an order, as it was read; it is ordered only where it still is so. */
export interface OrderedCart {
  readonly id: string;
  readonly version: number;
  readonly isHeld: boolean;
  /** The guest's; null where the cart has none. */
  readonly email: string | null;
}

/** What a new order depends on beside its request. */
interface Circumstances {
  readonly env: Env;
  /** The request's, by the ids of their products. */
  readonly items: readonly Line[];
  readonly userId: string | null;
  readonly cart?: OrderedCart;
  readonly unpaidLimits: UnpaidLimits | null;
  readonly key: RequestKey | null;
}

/** Returns an order to place, with new ids and a number. */
export function newOrder(request: OrderRequest, { env, items, userId, cart, unpaidLimits, key }: Circumstances): NewOrder {
  const id = v7();
  const lines = linesOf(items);
  return {
    id,
    rows: [
      id,
      ...lines.flatMap((line) => [line.id, line.productId]),
      ...(userId !== null && (request.paymentMethod === 'balance' || unpaidLimits) ? [userId] : []),
      ...(cart ? [cart.id] : []),
      // Two orders with a code wait for each other, so that its limits are exact.
      ...(request.discountCode === undefined ? [] : [`discount code ${request.discountCode.toLowerCase()}`]),
    ],
    variables: { 'app.stock_reason': 'order', 'app.balance_kind': 'order', 'app.order_id': id },
    userId,
    cart: cart ?? null,
    numberCode: orderNumberCode(),
    request,
    items,
    lines,
    place: destinationOf(env, request.shippingAddress),
    taxRules: taxRulesOf(env),
    expiresMinutes: env.ORDER_EXPIRES_MINUTES === 'off' ? null : env.ORDER_EXPIRES_MINUTES,
    units: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    unpaidLimits,
    key,
  };
}

/** Returns the lines of a request, with new ids; the quantities of a product that is named twice are added up. */
export function linesOf(items: readonly Line[]): NewLine[] {
  const quantities = new Map<string, number>();
  for (const { productId, quantity } of items) quantities.set(productId, (quantities.get(productId) ?? 0) + quantity);
  return [...quantities].map(([productId, quantity]) => ({ id: v7(), productId, quantity }));
}
