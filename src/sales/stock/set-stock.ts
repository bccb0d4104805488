import type { TxContext } from '../../context/context';
import { JsonText } from '../../http/output/reply';
import { stockChanged } from '../problems';
import { lockProduct, moveStock } from './adjust-stock';

/** A stock count that replaces the present one. */
export interface StockCount {
  readonly quantity: number;
  /** The count that the client believes to be the present one. */
  readonly expected?: number;
  readonly reason: string;
  readonly note?: string;
}

/**
 * Sets the stock of a product and returns `{productId, quantity, movement}`; the movement is null where the count was right already.
 * Throws `not_found` (404), `stock_changed` (409) where another count than `expected` is in stock.
 */
export async function setStock(tx: TxContext, productId: string, { quantity, expected, reason, note }: StockCount): Promise<JsonText> {
  const product = await lockProduct(tx, productId);
  const { stockQuantity: present } = product;
  if (expected !== undefined && expected !== present) throw changed(present, expected);
  const movement = quantity === present ? null : await moveStock(tx, product, quantity - present, { reason, note });
  const head = JSON.stringify({ productId, quantity }).slice(0, -1);
  return new JsonText(`${head},"movement":`, movement === null ? 'null' : movement.text.text, '}');
}

function changed(present: number, expected: number) {
  const message = `The stock is ${present} now, not ${expected}.`;
  return stockChanged.because(`${message} Count again, then repeat with "expected": ${present}.`, {
    errors: [{ pointer: '/expected', code: 'stock_changed', message }],
  });
}
