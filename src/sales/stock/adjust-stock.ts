import { MAX_STOCK, Product } from '../../catalogue';
import type { TxContext } from '../../context/context';
import { setSessionVariables } from '../../database/transaction/set-session-variables';
import { invalidBody, notFound } from '../../problems/common-problems';
import { type Found, readObject } from '../../resource/read/read-one';
import { insufficientStock } from '../problems';
import { stockMovements } from './stock.resource';
import { StockMovement } from './stock-movement.model';

export interface Adjustment {
  readonly productId: string;
  readonly delta: number;
  readonly reason: string;
  readonly note?: string | undefined;
}

/** Adjusts the stock of a product and returns the ledger entry; throws `not_found` (404), `insufficient_stock` (409), `invalid_body` (422). */
export async function adjustStock(tx: TxContext, { productId, delta, reason, note }: Adjustment): Promise<Found> {
  const product = await lockProduct(tx, productId);
  const { stockQuantity } = product;
  if (stockQuantity + delta > MAX_STOCK) throw tooMany(stockQuantity);
  if (stockQuantity + delta < 0) throw insufficientStock.because(`Insufficient stock: ${-delta} requested, ${stockQuantity} available.`);
  return moveStock(tx, product, delta, { reason, note });
}

/** Loads a product and locks its stock until the unit of work ends; throws `not_found` (404). */
export async function lockProduct({ transaction }: TxContext, productId: string): Promise<Product> {
  const product = await Product.findByPk(productId, { lock: transaction.LOCK.NO_KEY_UPDATE, transaction });
  if (!product) throw notFound.because('Product not found.');
  return product;
}

/** Moves the stock of a locked product by a difference other than zero, and returns the ledger entry. */
export async function moveStock(
  tx: TxContext,
  product: Product,
  delta: number,
  { reason, note }: Pick<Adjustment, 'reason' | 'note'>,
): Promise<Found> {
  await setSessionVariables(tx, { 'app.stock_reason': reason, 'app.ledger_note': note ?? '' });
  // Stock that moves is no edit of the product (docs/adr/0006), so updatedAt stays.
  await product.increment('stockQuantity', { by: delta, silent: true, transaction: tx.transaction });
  const { id } = await latestMovement(tx, product.id);
  return readObject(tx, stockMovements, id);
}

/* The trigger wrote it, under the lock of the product. */
function latestMovement({ transaction }: TxContext, productId: string): Promise<StockMovement> {
  const order: [string, 'DESC'][] = [
    ['createdAt', 'DESC'],
    ['id', 'DESC'],
  ];
  return StockMovement.findOne({ where: { productId }, order, rejectOnEmpty: true, transaction });
}

function tooMany(available: number) {
  const message = `stock must be at most ${MAX_STOCK}; it is ${available} now`;
  return invalidBody.because(message, { errors: [{ pointer: '/delta', code: 'too_large', message }] });
}
