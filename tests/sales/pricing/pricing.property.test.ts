import fc from 'fast-check';
import { v7 } from 'uuid';
import { quoteOrders } from '../../../src/sales/orders/quote/quotes.statement';
import type { TaxRules } from '../../../src/sales/pricing/pricing.statement';
import { useShop } from '../../support/use-shop';
import { type Market, makeMarkets, type PricedProduct, RATES } from './support/price-cases';
import { type ModelCode, type ModelMethod, modelPrice, sum } from './support/price-model';

/* `npm run test:pricing` compares 100,000. */
const ORDERS = Number(process.env.PRICED_ORDERS ?? 2_000);
const SEED = Number(process.env.PRICED_SEED ?? 20);
const PER_STATEMENT = 250;

const { shop } = useShop();
let markets: Market[];

beforeAll(async () => {
  markets = await makeMarkets(shop, SEED);
});

interface Case {
  readonly market: number;
  readonly country: string;
  readonly code: number | null;
  readonly method: number | null;
  readonly lines: readonly { readonly product: number; readonly quantity: number }[];
}

const orderCase: fc.Arbitrary<Case> = fc.record({
  market: fc.integer({ min: 0, max: 2 }),
  country: fc.constantFrom(...Object.keys(RATES)),
  code: fc.option(fc.integer({ min: 0, max: 5 }), { nil: null }),
  method: fc.option(fc.integer({ min: 0, max: 1 }), { nil: null }),
  lines: fc.uniqueArray(fc.record({ product: fc.integer({ min: 0, max: 39 }), quantity: fc.integer({ min: 1, max: 9 }) }), {
    selector: ({ product }) => product,
    minLength: 1,
    maxLength: 6,
  }),
});

const RULES: readonly TaxRules[] = [
  { pricesIncludeTax: false, taxRounding: 'line' },
  { pricesIncludeTax: false, taxRounding: 'total' },
  { pricesIncludeTax: true, taxRounding: 'line' },
  { pricesIncludeTax: true, taxRounding: 'total' },
];

test.each(RULES)('prices every order to the unit as the model does: %j', async (rules) => {
  const cases = fc.sample(orderCase, { seed: SEED, numRuns: Math.ceil(ORDERS / RULES.length) });
  for (let start = 0; start < cases.length; start += PER_STATEMENT) {
    await comparePrices(cases.slice(start, start + PER_STATEMENT), rules);
  }
});

interface Row {
  readonly id: string;
  readonly code_fault: string | null;
  readonly shipping_fault: string | null;
  readonly body: string;
}

async function comparePrices(cases: readonly Case[], rules: TaxRules): Promise<void> {
  const orders = cases.map((given) => ({ given, order: orderOf(given), expected: expectedOf(given, rules) }));
  const { text, values } = quoteOrders(
    orders.map(({ order }) => order),
    rules,
  );
  const rows = new Map((await shop.query<Row & Record<string, unknown>>(text, [...values])).map((row) => [row.id, row]));
  const wrong = orders.flatMap(({ given, order, expected }) => {
    const row = rows.get(order.id);
    const got = row ? JSON.stringify(pricedOf(row, marketOf(given).decimals)) : 'nothing';
    return got === JSON.stringify(expected) ? [] : [{ given, got, expected }];
  });
  expect(wrong).toEqual([]);
}

function orderOf(given: Case) {
  const { products, codes, methods } = marketOf(given);
  return {
    id: v7(),
    buyer: null,
    place: { country: given.country, region: null },
    method: given.method === null ? null : String(methods[given.method]?.code),
    code: given.code === null ? null : String(codes[given.code]?.code),
    lines: given.lines.map(({ product, quantity }) => ({ id: v7(), productId: String(products[product]?.id), quantity })),
  };
}

/* A code that is for none of the lines, or for lines that cost nothing, does not hold: the order is priced without it, and says so. */
function expectedOf(given: Case, rules: TaxRules) {
  const { products, codes, methods } = marketOf(given);
  const code = given.code === null ? null : (codes[given.code] ?? null);
  const lines = given.lines.map(({ product, quantity }) => lineOf(products[product] as PricedProduct, quantity, code));
  const isFor = sum(lines.map(({ price, quantity, isEligible }) => (isEligible ? price * quantity : 0n))) > 0n;
  const held: ModelCode | null = isFor ? code : null;
  const method: ModelMethod | null = given.method === null ? null : (methods[given.method] ?? null);
  const price = modelPrice({ lines, code: held, method, rates: RATES[given.country] ?? {} }, rules);
  return {
    fault: code && !held ? 'not_applicable' : null,
    discounts: price.discounts.map(String),
    taxes: price.taxes.map(String),
    shipping: String(price.shipping),
    shippingTax: String(price.shippingTax),
    total: String(price.total),
  };
}

function lineOf({ price, taxClass, grams, isFavoured }: PricedProduct, quantity: number, code: Market['codes'][number] | null) {
  return { price, quantity: BigInt(quantity), taxClass, grams, isEligible: code !== null && (!code.isForSome || isFavoured) };
}

function pricedOf({ code_fault, body }: Row, decimals: number) {
  const quote = JSON.parse(body);
  const units = (text: string) => String(BigInt(Math.round(Number(text) * 10 ** decimals)));
  const of = (name: string) => quote.items.map((item: Record<string, string>) => units(String(item[name])));
  expect(quote.total).toMatch(decimals === 3 ? /^\d+\.\d{3}$/ : /^\d+\.\d{2}$/);
  return {
    fault: code_fault,
    discounts: of('discount'),
    taxes: of('tax'),
    shipping: units(quote.shipping),
    shippingTax: units(quote.shippingTax),
    total: units(quote.total),
  };
}

function marketOf({ market }: Case): Market {
  const found = markets[market];
  if (!found) throw new Error(`There is no market ${market}.`);
  return found;
}
