import { Decimal } from 'decimal.js';
import * as catalogue from 'dinero.js/currencies';

/*
 * ISO 4217 by dinero.js. It says that an ouguiya has five khoums; amounts of those currencies are written with two decimals all the same,
 * as ISO 4217 does.
 */
const decimalsByCode: ReadonlyMap<string, number> = new Map(
  Object.entries(catalogue)
    // A loader may add members to the module, such as `default`.
    .filter(([name, { code }]) => name === code)
    .map(([code, { base, exponent }]) => [code, base === 10 ? exponent : 2]),
);

/** Returns the codes of the currencies in use (ISO 4217), sorted. */
export function currencyCodes(): readonly string[] {
  return [...decimalsByCode.keys()].sort();
}

/** Returns whether the code is that of a currency in use (ISO 4217). */
export function isCurrency(code: string): boolean {
  return decimalsByCode.has(code);
}

/** Returns how many decimals an amount of the currency has (ISO 4217): 0 for JPY, 2 for USD; 2 for an unknown one. */
export function decimalsOf(currency: string): number {
  return decimalsByCode.get(currency) ?? 2;
}

/** Returns an amount as the API writes it: with the decimals of the currency, and at least two: `19.00` in JPY, `1.250` in KWD. */
export function amountText(currency: string, amount: Decimal.Value): string {
  return new Decimal(amount).toFixed(Math.max(2, decimalsOf(currency)));
}

/** Returns whether the currency has an amount: `19.5` is none in JPY, `19.00` is. */
export function isAmountOf(currency: string, amount: string): boolean {
  return new Decimal(amount).decimalPlaces() <= decimalsOf(currency);
}
