import type { TxContext } from '../../context/context';
import { queryOne } from '../../database/sql/statement';
import { applySettings } from '../../database/transaction/apply-settings';
import type { JsonText } from '../../http/output/reply';
import { invalidBody, notFound } from '../../problems/common-problems';
import { readObject } from '../../resource/read/read-one';
import { insufficientStock } from '../problems';
import { stockMovements } from './stock.resource';

interface Adjustment {
  readonly productId: string;
  readonly delta: number;
  readonly reason: string;
  readonly note?: string;
}

/** What a count can be at most; half of what its column holds, so that orders can always be cancelled. */
const MAX_STOCK = 1_000_000_000;

/** Moves stock in or out and answers the ledger's entry; throws `not_found` (404), `insufficient_stock` (409). */
export async function adjustStock(tx: TxContext, { productId, delta, reason, note }: Adjustment): Promise<JsonText> {
  await applySettings(tx, { 'app.stock_reason': reason, 'app.ledger_note': note ?? '' });
  const held = await queryOne<{ stock_quantity: number }>(tx, {
    text: 'SELECT stock_quantity FROM products WHERE id = $1::uuid AND deleted_at IS NULL FOR UPDATE',
    values: [productId],
  });
  if (!held) throw notFound.because('There is no such product.');
  if (held.stock_quantity + delta > MAX_STOCK) throw tooMany(held.stock_quantity);
  if (held.stock_quantity + delta < 0) throw insufficientStock.because(`Only ${held.stock_quantity} are there.`);
  await queryOne(tx, { text: 'UPDATE products SET stock_quantity = stock_quantity + $2 WHERE id = $1::uuid', values: [productId, delta] });
  const latest = await queryOne<{ id: string }>(tx, {
    text: 'SELECT id FROM stock_movements WHERE product_id = $1::uuid ORDER BY created_at DESC, id DESC LIMIT 1',
    values: [productId],
  });
  return (await readObject(tx, stockMovements, String(latest?.id))).text;
}

function tooMany(there: number) {
  const message = `at most ${MAX_STOCK} fit, and ${there} are there`;
  return invalidBody.because(message, { errors: [{ pointer: '/delta', code: 'too_large', message }] });
}
