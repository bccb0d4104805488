import { v7 } from 'uuid';
import type { TxContext } from '../../../context/context';
import { created, type Reply } from '../../../http/output/reply';
import { readObject } from '../../../resource/read/read-one';
import { lockRow } from '../../../resource/write/lock-row';
import { products } from '../../products/product.resource';
import { prices } from '../price.resource';
import type { NewPrice } from '../price.schemas';
import { soonSettled } from '../settle-prices.queue';
import { insertPrices } from './insert-prices.statement';
import { priceFault } from './price-faults';
import { type PriceQuote, quotePrices } from './quote-prices.statement';

/**
 * Sets a price of a product, now or from a time on, and returns the reply with it (201). Throws `not_found` (404), `invalid_body` (422),
 * `prices_overlap`, `sale_above_regular` or `no_regular_price` (409).
 */
export async function setPrice(tx: TxContext, productId: string, { amount, currency, kind, validFrom, validTo }: NewPrice): Promise<Reply> {
  await lockRow(tx, products, productId);
  const span = { currency: currency ?? null, kind, validFrom: validFrom ?? null, validTo: validTo ?? null };
  const [quote] = (await quotePrices(tx, [productId], { set: amount }, span)) as [PriceQuote];
  const fault = priceFault(quote, span);
  if (fault) throw fault;
  const id = v7();
  await insertPrices(tx, [{ id, productId, currency: quote.currency, amount }], span);
  await soonSettled(tx, span);
  return created(`${prices.prefix}/${id}`, (await readObject(tx, prices, id)).text);
}
