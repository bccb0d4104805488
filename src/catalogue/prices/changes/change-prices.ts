import { v7 } from 'uuid';
import type { TxContext } from '../../../context/context';
import { ok, type Reply } from '../../../http/output/reply';
import type { BulkResult } from '../../../resource/bulk';
import { type Outcome, presentOutcomes, requireNone } from '../../../resource/bulk/endpoint/bulk-outcomes';
import { lockMatching } from '../../../resource/bulk/endpoint/lock-matching';
import type { Values } from '../../../resource/definition/resource';
import { products } from '../../products/product.resource';
import type { PriceChanges } from '../price.schemas';
import { soonSettled } from '../settle-prices.queue';
import { insertPrices } from './insert-prices.statement';
import { priceFault } from './price-faults';
import { type PriceQuote, quotePrices } from './quote-prices.statement';

/**
 * Sets the prices of all products that match a filter, each from its regular price, in a number of statements that does not grow with them.
 * Returns the reply with the former and the new price of each. Throws `too_many_matches` (409) where there are more than the limit,
 * `operations_refused` (422) where it is atomic and one of them is refused.
 */
export async function changePrices(tx: TxContext, request: PriceChanges): Promise<Reply> {
  const { filter, limit, atomic, change, currency, kind, validFrom, validTo } = request;
  const span = { currency: currency ?? null, kind, validFrom: validFrom ?? null, validTo: validTo ?? null };
  const rows = await lockMatching(tx, { resource: products, hooks: {} }, filter as Values, limit);
  const quotes = rows.size === 0 ? [] : await quotePrices(tx, [...rows.keys()], change, span);
  const outcomes = quotes.map((quote): Outcome => {
    const problem = priceFault(quote, span);
    const result: BulkResult = problem ? { id: quote.id, problem } : { id: quote.id, version: null };
    return { operation: 'update', id: quote.id, result, pointer: '' };
  });
  const path = `${products.prefix}/price-changes`;
  if (atomic) requireNone(tx, path, outcomes);
  const accepted = quotes.filter((_quote, at) => !outcomes[at]?.result.problem);
  const entries = accepted.map(({ id, currency: own, amount }) => ({ id: v7(), productId: id, currency: own, amount: String(amount) }));
  await insertPrices(tx, entries, span);
  await soonSettled(tx, span);
  const priceIds = new Map(entries.map(({ id, productId }) => [productId, id]));
  const results = presentOutcomes(tx, path, outcomes).map((shown, at) => ({ ...shown, ...pricesOf(quotes[at] as PriceQuote, priceIds) }));
  return ok({ matched: rows.size, results });
}

function pricesOf({ id, currency, regular, amount }: PriceQuote, priceIds: ReadonlyMap<string, string>): object {
  const priceId = priceIds.get(id);
  return priceId === undefined ? {} : { priceId, currency, regularPrice: regular, amount };
}
