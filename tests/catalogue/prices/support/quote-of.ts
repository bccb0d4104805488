import { priceFault } from '../../../../src/catalogue/prices/changes/price-faults';
import { quotePrices } from '../../../../src/catalogue/prices/changes/quote-prices.statement';
import type { TxContext } from '../../../../src/context/context';
import type { Attempt } from './price-history';

/** Returns whether the check of the API accepts a price. */
export async function quoteOf(tx: TxContext, { history, entry }: Attempt): Promise<boolean> {
  if (entry === null) return false;
  const { kind, validFrom, validTo, amount } = entry;
  const span = { currency: null, kind, validFrom, validTo };
  const [quote] = await quotePrices(tx, [history.id], { set: amount }, span);
  return quote !== undefined && priceFault(quote, span) === null;
}
