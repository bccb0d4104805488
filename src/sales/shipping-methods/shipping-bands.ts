import { Decimal } from 'decimal.js';
import { invalidBody } from '../../problems/common-problems';
import { decimalsOf } from '../../schema/currencies';
import { money } from '../../schema/money';
import { list, nullable, object } from '../../schema/schema';

/** A price, and up to which subtotal or weight it holds; null for any beyond the bands before. */
export interface ShippingBand {
  readonly upTo: string | null;
  readonly price: string;
}

const MAX_BANDS = 50;

/** Returns the schema of the bands of a shipping method; the database checks the same. */
export function shippingBandsSchema() {
  const band = object({
    upTo: nullable(money())
      .required()
      .description(
        'Up to which subtotal in the currency, or weight in whole grams, the price holds; null, in the last band, for any beyond.',
      )
      .example('50.00'),
    price: money().description('The price.').example('4.90'),
  });
  return list(band, 1, MAX_BANDS);
}

/** Throws `invalid_body` (422) unless the bands rise, the last alone is without an end, and all have as many decimals as the currency. */
export function requireBands(bands: readonly ShippingBand[], basis: string, currency: string): void {
  const errors = bands.flatMap((band, index) => [
    ...amountErrors(`/bands/${index}/price`, band.price, decimalsOf(currency)),
    ...(band.upTo === null ? [] : amountErrors(`/bands/${index}/upTo`, band.upTo, basis === 'weight' ? 0 : decimalsOf(currency))),
    ...orderErrors(bands, index),
  ]);
  if (errors.length > 0) throw invalidBody.because('The bands are not ones that a price can be read from; see "errors".', { errors });
}

function amountErrors(pointer: string, amount: string, decimals: number) {
  if (new Decimal(amount).decimalPlaces() <= decimals) return [];
  return [{ pointer, code: 'invalid_format', message: `must have at most ${decimals} decimals` }];
}

function orderErrors(bands: readonly ShippingBand[], index: number) {
  const pointer = `/bands/${index}/upTo`;
  const upTo = bands[index]?.upTo ?? null;
  const before = index === 0 ? '0' : (bands[index - 1]?.upTo ?? null);
  if (before === null) return [{ pointer, code: 'out_of_order', message: 'a band without an end must be the last one' }];
  if (upTo !== null && new Decimal(upTo).lessThanOrEqualTo(before)) {
    return [{ pointer, code: 'out_of_order', message: `must be above ${before}, where the band begins` }];
  }
  return [];
}
