import { Product } from '../../catalogue';
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
  readonly note?: string;
}

/** The largest stock count: half of what the column holds, so that the stock of a cancelled order always fits. */
const MAX_STOCK = 1_000_000_000;

/** Adjusts the stock of a product and returns the ledger entry; throws `not_found` (404), `insufficient_stock` (409), `invalid_body` (422). */
export async function adjustStock(tx: TxContext, { productId, delta, reason, note }: Adjustment): Promise<Found> {
  const { transaction } = tx;
  await setSessionVariables(tx, { 'app.stock_reason': reason, 'app.ledger_note': note ?? '' });
  const product = await Product.findByPk(productId, { lock: transaction.LOCK.UPDATE, transaction });
  if (!product) throw notFound.because('Product not found.');
  const { stockQuantity } = product;
  if (stockQuantity + delta > MAX_STOCK) throw tooMany(stockQuantity);
  if (stockQuantity + delta < 0) throw insufficientStock.because(`Insufficient stock: ${-delta} requested, ${stockQuantity} available.`);
  // Stock that moves is no edit of the product (docs/adr/0006), so updatedAt stays.
  await product.increment('stockQuantity', { by: delta, silent: true, transaction });
  const { id } = await latestMovement(tx, productId);
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
