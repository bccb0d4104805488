import { Decimal } from 'decimal.js';
import { invalidBody } from '../../../problems/common-problems';
import type { Problem } from '../../../problems/problem';
import { decimalsOf } from '../../../schema/currencies';
import { noRegularPrice, pricesOverlap, saleAboveRegular } from '../../problems';
import { MAX_PRICE } from '../price.resource';
import type { PriceQuote, PriceSpan } from './quote-prices.statement';

/** Returns the problem that keeps a price from being set; null where nothing does. */
export function priceFault(quote: PriceQuote, { kind, validFrom, validTo }: PriceSpan): Problem | null {
  const { amount, currency, regular, bound } = quote;
  if (kind === 'regular' && validTo !== null) {
    return broken('/validTo', 'not_allowed', 'validTo is for sales: a regular price holds until the next one begins');
  }
  if (quote.is_past)
    return broken('/validFrom', 'in_past', `validFrom must not be in the past, as ${validFrom} is; without it the price begins now`);
  if (quote.is_empty) return broken('/validTo', 'too_early', 'validTo must be after validFrom: the sale would have no length');
  if (amount === null || (kind === 'sale' && regular === null)) {
    return noRegularPrice.because(
      `The product has no regular price in ${currency} at that time. Set its regular price in ${currency} first.`,
    );
  }
  if (new Decimal(amount).isNegative()) return broken('/amount', 'too_small', `the price would be ${amount}, below 0.00`);
  if (new Decimal(amount).greaterThan(MAX_PRICE)) return broken('/amount', 'too_large', `the price would be ${amount}, above ${MAX_PRICE}`);
  if (!quote.is_representable) {
    const decimals = decimalsOf(currency);
    return broken('/amount', 'too_precise', `amount must have at most ${decimals} decimals, as ${currency} has, but is ${amount}`);
  }
  if (quote.overlaps) return overlap(kind);
  if (kind === 'sale' && bound !== null && new Decimal(amount).greaterThan(bound)) {
    return saleAboveRegular.because(
      `The sale price ${amount} is above the regular price, which is ${bound} for some or all of that time. Choose a lower price or another time.`,
    );
  }
  if (kind === 'regular' && bound !== null && new Decimal(amount).lessThan(bound)) return belowSale(amount, bound);
  return null;
}

/** Returns the problem of a regular price that a running or scheduled sale is above. */
export function belowSale(amount: string, sale: string): Problem {
  return saleAboveRegular.because(
    `The regular price ${amount} is below the sale price ${sale} of a sale that runs or is scheduled. End or withdraw that sale first.`,
  );
}

function overlap(kind: PriceSpan['kind']): Problem {
  return pricesOverlap.because(
    kind === 'sale'
      ? 'Another sale of the product stands in that time. End or withdraw it first, or choose another time.'
      : 'Another regular price of the product begins at that time. Withdraw it first, or choose another time.',
  );
}

function broken(pointer: string, code: string, message: string): Problem {
  return invalidBody.because(message, { errors: [{ pointer, code, message }] });
}
