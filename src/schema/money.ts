import { Decimal } from 'decimal.js';
import Joi from 'joi';
import { decimalsOf, isAmountOf, isCurrency } from './currencies';

/** The largest amount of money, below the ten thousand million at which the database stops. */
export const MAX_MONEY = '9999999999.99';

/* No currency has more than four decimals (ISO 4217). How many an amount may have depends on its currency. */
const MONEY = /^\d{1,10}(\.\d{1,4})?$/;
const POSITIVE_MONEY = /^([1-9]\d{0,9}(\.\d{1,4})?|0\.(0{0,3}[1-9]|0{0,2}[1-9]\d|0?[1-9]\d{2}|[1-9]\d{3}))$/;
const SIGNED_MONEY = /^-?\d{1,10}(\.\d{1,4})?$/;
const AMOUNT = /^-?\d+(\.\d+)?$/;
/* Longer texts are no amounts, so that no pattern or decimal ever sees them. */
const MAX_LENGTH = 50;

interface Range {
  readonly min: string;
  readonly max: string;
  /** Whether it is more than the minimum. */
  readonly isPositive?: boolean;
  /** What the OpenAPI document says of it. */
  readonly pattern: RegExp;
  readonly example: string;
}

/** Returns the schema of a non-negative amount, a string; a JSON number is refused, because floats lose cents. `5` is read as `5.00`. */
export function money(max: string = MAX_MONEY): Joi.StringSchema<string> {
  return amount({ min: '0', max, pattern: MONEY, example: '19.90' });
}

/** Returns the schema of an amount greater than 0. */
export function positiveMoney(): Joi.StringSchema<string> {
  return amount({ min: '0', isPositive: true, max: MAX_MONEY, pattern: POSITIVE_MONEY, example: '19.90' });
}

/** Returns the schema of an amount that may be negative. */
export function signedMoney(): Joi.StringSchema<string> {
  return amount({ min: `-${MAX_MONEY}`, max: MAX_MONEY, pattern: SIGNED_MONEY, example: '-19.90' });
}

/** Returns the schema of an ISO 4217 currency code. */
export function currency(): Joi.StringSchema<string> {
  return Joi.string()
    .custom((code: string, helpers) => (isCurrency(code) ? code : helpers.error('money.currency')))
    .meta({ minLength: 3, maxLength: 3, pattern: '^[A-Z]{3}$' })
    .example('USD');
}

/** Requires an amount to be one of the currency that a member beside it names, or of `absent` where the member is left out. */
export function inCurrencyBeside<S extends Joi.Schema>(schema: S, member: string, absent?: string): S {
  return schema.custom((value: string, helpers) => {
    const { [member]: given = absent } = (helpers.state.ancestors[0] ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof given !== 'string' || !isCurrency(given) || !MONEY.test(value) || isAmountOf(given, value)) return value;
    return helpers.error('money.decimals', { decimals: decimalsOf(given), currency: given });
  }) as S;
}

function amount({ min, max, isPositive = false, pattern, example }: Range): Joi.StringSchema<string> {
  return Joi.string()
    .custom((value: string, helpers) => {
      if (value.length > MAX_LENGTH || !AMOUNT.test(value)) return helpers.error('money.format', { example });
      const given = new Decimal(value);
      if (given.greaterThan(max)) return helpers.error('money.max', { limit: max });
      if (given.lessThan(min)) return helpers.error('money.min', { limit: min });
      if (isPositive && given.isZero()) return helpers.error('money.positive');
      return pattern.test(value) ? withHundredths(value, given) : helpers.error('money.format', { example });
    })
    .messages({ 'string.base': `{{#label}} must be text in quotes, such as "${example}", so that it keeps its cents` })
    .meta({ maxLength: min.startsWith('-') ? 16 : 15, pattern: pattern.source })
    .example(example) as Joi.StringSchema<string>;
}

/* As the database stores it, which else would have to write it so. */
function withHundredths(value: string, amount: Decimal): string {
  return amount.decimalPlaces() < 2 && value.at(-3) !== '.' ? amount.toFixed(2) : value;
}
