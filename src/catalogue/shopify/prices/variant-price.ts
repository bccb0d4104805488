import { Decimal } from 'decimal.js';
import type { ShopifyRow } from '../shopify-row';

const AMOUNT = /^\d{1,9}(\.\d{1,9})?$/;

/** What a variant costs: its regular price, and what it is reduced to; null where it is not. */
export interface VariantPrice {
  readonly regular: string;
  readonly sale: string | null;
}

/**
 * Returns what a row says of prices: the price to compare at is the regular one where it is above the price. Null where the row has no price,
 * or its file says nothing of reductions; refuses a row whose price to compare at is none.
 */
export function variantPrice(variant: ShopifyRow): VariantPrice | null {
  const [price, compared] = [variant.text('price'), variant.text('compareAtPrice')];
  if (!variant.has('compareAtPrice') || !AMOUNT.test(price)) return null;
  if (compared === '') return { regular: price, sale: null };
  if (!AMOUNT.test(compared)) {
    const message = 'Compare At Price must be an amount such as 20.00, or empty';
    variant.row.refuse({ pointer: '/Compare At Price', code: 'wrong_format', message });
    return null;
  }
  return new Decimal(compared).greaterThan(price) ? { regular: compared, sale: price } : { regular: price, sale: null };
}
