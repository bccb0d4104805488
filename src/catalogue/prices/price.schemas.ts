import Joi from 'joi';
import { atomicFlag, MOST_OPERATIONS, matchFilter, matchLimit } from '../../resource/bulk/endpoint/bulk-schema';
import type { Resource } from '../../resource/definition/resource';
import type { Format } from '../../schema/format';
import { currency, inCurrencyBeside, money, positiveMoney, signedMoney } from '../../schema/money';
import {
  defaulted,
  integer,
  list,
  named,
  nullable,
  object,
  oneOf,
  optional,
  type Parsed,
  reference,
  text,
  timestamp,
  uuid,
} from '../../schema/schema';
import { MAX_PRICE } from './price.resource';

/* What every price has, alone or among many. */
const kind = oneOf('regular', 'sale').description('A regular price, which holds until the next one begins, or a sale beside it.');
const ownCurrency = optional(currency().description('The currency; the product’s own where it is left out.'));
const validFrom = optional(timestamp().description('When it begins; at once where it is left out. Never in the past.'));
const validTo = optional(
  timestamp().description('When a sale ends, exclusive; without it, a sale lasts until it is ended. A regular price has none.'),
);

/** The body of a new price. */
export const newPriceSchema = named(
  'NewPrice',
  object({
    amount: inCurrencyBeside(money(MAX_PRICE), 'currency').description('The price, with as many decimals as the currency has.'),
    currency: ownCurrency,
    kind: defaulted(kind, 'regular'),
    validFrom,
    validTo,
  }),
);

export type NewPrice = Parsed<typeof newPriceSchema>;

const PERCENT: Format = { pattern: /^-?\d{1,4}(\.\d{1,4})?$/, rule: 'be a percentage such as 5 or -12.5, with up to four decimals' };

/* Not money: it has decimals of its own. */
const percent = text(1, 10, PERCENT).description('The difference in percent of the regular price: 5, or -12.5.').example('5');

const roundingSchema = object({
  multiple: positiveMoney().description('The amount is rounded to a multiple of this: 0.05, or 1.00.').example('1.00'),
  minus: defaulted(money(MAX_PRICE).description('What is taken from the multiple: 0.01 makes 19.99 of 20.00.'), '0.00'),
  mode: defaulted(oneOf('nearest', 'up', 'down').description('To which multiple; a half is rounded up to the nearest.'), 'nearest'),
});

const changeSchema = Joi.object({
  percent: optional(percent),
  add: optional(
    signedMoney().description('What is added to the regular price; negative to take away. After the percentage.').example('-2.00'),
  ),
  set: optional(money(MAX_PRICE).description('The price itself, in the place of a difference.')),
  round: optional(roundingSchema),
})
  .or('percent', 'add', 'set')
  .without('set', ['percent', 'add'])
  .messages({
    'object.missing': 'change must have percent, add or set',
    'object.without': 'change must have either set, or percent and add',
  })
  .required() as unknown as Joi.ObjectSchema<PriceChange>;

/** How new prices follow from the regular ones. */
export interface PriceChange {
  readonly percent?: string;
  readonly add?: string;
  readonly set?: string;
  readonly round?: { readonly multiple: string; readonly minus: string; readonly mode: 'nearest' | 'up' | 'down' };
}

/** Returns the schema of a change of the prices of all products that match a filter. */
export function priceChangesSchema(products: Resource) {
  return named(
    'PriceChanges',
    object({
      filter: matchFilter(products),
      limit: matchLimit(),
      atomic: atomicFlag(),
      change: changeSchema.description(
        'The new price of each, from the regular price that it has when the new one begins. Without "round", to the currency’s decimals.',
      ),
      currency: ownCurrency,
      kind: defaulted(kind, 'regular'),
      validFrom,
      validTo,
    }),
  );
}

export type PriceChanges = Parsed<ReturnType<typeof priceChangesSchema>>;

/** Returns the schema of the results of a change by filter. */
export function priceChangeResults() {
  const result = object({
    status: integer(200, 599).description('The status that the change of this product has alone.'),
    id: uuid().description('The id of the product.'),
    priceId: optional(uuid().description('The id of the new price; in a dry run, of the one that there would be.')),
    currency: optional(currency()),
    regularPrice: optional(nullable(money()).description('The regular price that the new one follows from.')),
    amount: optional(money().description('The new price.')),
    problem: optional(reference('Problem', () => Joi.object())),
  });
  return object({ matched: integer(0, MOST_OPERATIONS), results: list(result, 0, MOST_OPERATIONS) });
}
