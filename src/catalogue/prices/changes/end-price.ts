import type { TxContext } from '../../../context/context';
import { databaseTime } from '../../../database/database-time';
import { queryOne } from '../../../database/sql/statement';
import { notFoundHere } from '../../../resource/read/read-one';
import { lockRow } from '../../../resource/write/lock-row';
import { priceInForce } from '../../problems';
import { products } from '../../products/product.resource';
import { prices } from '../price.resource';
import { PriceEntry } from '../price-entry.model';

/**
 * Withdraws a price that has not begun, and ends one that has: a sale, or a price in another currency than the product's. Throws `not_found`
 * (404), and `price_in_force` (409) for the regular price of now, which only another one ends, and for a price that is over.
 */
export async function endPrice(tx: TxContext, productId: string, priceId: string): Promise<void> {
  const { transaction } = tx;
  const product = await lockRow(tx, products, productId);
  const entry = await PriceEntry.findOne({ where: { id: priceId, productId }, transaction });
  const time = await queryOne<{ now: Date }>(tx, { text: 'SELECT clock_timestamp() AS now', values: [] });
  if (!entry || !time) throw notFoundHere(prices);
  const { validFrom, validTo, kind, currency } = entry;
  if (validFrom > time.now) return entry.destroy({ transaction });
  if (validTo !== null && validTo <= time.now) {
    throw priceInForce.because('The price is over. What was in force stays as it was; there is nothing left to end.');
  }
  if (kind === 'regular' && currency === product.get('currency')) {
    throw priceInForce.because('The regular price of a product ends only where another one begins. Set the new price instead.');
  }
  await entry.update({ validTo: databaseTime() }, { transaction });
}
