import { requirePermission } from '../../context/permission';
import { column } from '../../database/sql/binder';
import { jsonOf } from '../../resource/definition/columns';
import type { Expression, GivenParameter, ReadParameter, TimedFields } from '../../resource/definition/resource';
import { currency } from '../../schema/money';
import { timestamp } from '../../schema/schema';

/** The parameters of reads of products that show other prices than those of now. */
export const priceParameters: Readonly<Record<string, ReadParameter>> = {
  priceAt: {
    schema: timestamp().description(
      'Shows the prices of this time, past or scheduled; a time to come takes prices:read. Filters and sorts go by the prices of now.',
    ),
    authorize: (ctx, at) => {
      if (Date.parse(String(at)) > Date.now()) requirePermission(ctx, 'prices:read');
    },
  },
  priceCurrency: {
    schema: currency().description('Shows the prices in this currency; null where a product has none.'),
  },
};

/** The regular price as it is written down: a product that is not on sale has it in its price. */
export const regularPrice: Expression = (_ctx, alias) => jsonOf(flatPrice(alias), { kind: 'money' });

/**
 * The fields of a product that show its price. The row has what held when it was last written; from `price_changes_at` on, until a job
 * writes down what holds then, the timeline says it.
 */
export const timedPrices: TimedFields = {
  isDue,
  digest: (alias) => `CASE WHEN ${isDue(alias)} THEN price_digest_at(${stateOf(alias, () => null)}) ELSE 0 END`,
  expressions: {
    price: (_ctx, alias, given) => jsonOf(shownPrice(alias, given), { kind: 'money' }),
    currency: (_ctx, alias, given) => shownCurrency(alias, given),
    regularPrice: (_ctx, alias, given) => amount('regular', alias, given, flatPrice(alias)),
    priorPrice: (_ctx, alias, given) => amount('prior', alias, given, column(alias, 'prior_price')),
    onSaleUntil: (_ctx, alias, given) =>
      jsonOf(
        stated((state) => `sale_end_at(${state})`, alias, given, column(alias, 'on_sale_until')),
        { kind: 'timestamp' },
      ),
  },
};

/** Returns the SQL of a product's price at the moment of the statement, for the rows of a table alias. */
export function currentPrice(alias: string): string {
  return shownPrice(alias, () => null);
}

/** Returns the SQL of the price that a read shows of a product, for its parameters; null where there is none. */
export function shownPrice(alias: string, given: GivenParameter): string {
  return stated((state) => `amount_at('price', ${state})`, alias, given, column(alias, 'price'));
}

/** Returns the SQL of the currency of that price. */
export function shownCurrency(alias: string, given: GivenParameter): string {
  return given('priceCurrency', 'text') ?? column(alias, 'currency');
}

function amount(part: string, alias: string, given: GivenParameter, stored: string): string {
  return jsonOf(
    stated((state) => `amount_at('${part}', ${state})`, alias, given, stored),
    { kind: 'money' },
  );
}

function stated(of: (state: string) => string, alias: string, given: GivenParameter, stored: string): string {
  const state = of(stateOf(alias, given));
  const isAsked = given('priceAt', 'timestamptz') !== null || given('priceCurrency', 'text') !== null;
  return isAsked ? state : `CASE WHEN ${isDue(alias)} THEN ${state} ELSE ${stored} END`;
}

function isDue(alias: string): string {
  return `${column(alias, 'price_changes_at')} <= statement_timestamp()`;
}

/* The arguments of price_at. A product without entries has one price, in its own currency. */
function stateOf(alias: string, given: GivenParameter): string {
  const own = column(alias, 'currency');
  const wanted = given('priceCurrency', 'text');
  const flat = wanted === null ? flatPrice(alias) : `CASE WHEN ${own} = ${wanted} THEN ${flatPrice(alias)} END`;
  const at = given('priceAt', 'timestamptz') ?? 'statement_timestamp()';
  return `${column(alias, 'id')}, ${wanted ?? own}, ${at}, ${flat}, ${column(alias, 'created_at')}`;
}

function flatPrice(alias: string): string {
  return `coalesce(${column(alias, 'regular_price')}, ${column(alias, 'price')})`;
}
