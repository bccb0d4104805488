import fc from 'fast-check';
import type { Shop } from '../../../support/shop';
import type { ModelCode, ModelMethod } from './price-model';

/** A product, a code and a method, as they are in the database and as the model knows them. */
export interface PricedProduct {
  readonly id: string;
  readonly price: bigint;
  readonly taxClass: string;
  readonly grams: bigint;
  /** Whether the codes for some products alone are for it. */
  readonly isFavoured: boolean;
}

export interface Market {
  readonly currency: string;
  readonly decimals: number;
  readonly products: readonly PricedProduct[];
  readonly codes: readonly (ModelCode & { readonly code: string; readonly isForSome: boolean })[];
  readonly methods: readonly (ModelMethod & { readonly code: string })[];
}

/** The rates of the countries in which the orders are shipped, in ten-thousandths of a percent. */
export const RATES: Readonly<Record<string, Readonly<Record<string, bigint>>>> = {
  DE: { standard: 190_000n, reduced: 70_000n },
  CH: { standard: 81_000n, reduced: 26_000n },
  US: { standard: 88_750n },
  HK: {},
};

const CURRENCIES = [
  ['JPY', 0],
  ['USD', 2],
  ['KWD', 3],
] as const;

/** Makes products, tax rates, codes and shipping methods in currencies of 0, 2 and 3 decimals, by a seed. */
export async function makeMarkets(shop: Shop, seed: number): Promise<Market[]> {
  for (const [country, classes] of Object.entries(RATES)) {
    for (const [taxClass, rate] of Object.entries(classes)) {
      await shop.query(
        `INSERT INTO tax_rates (id, country, tax_class, name, rate) VALUES (uuid_v7(), $1, $2, 'Tax', $3::numeric / 10000)`,
        [country, taxClass, String(rate)],
      );
    }
  }
  const markets: Market[] = [];
  for (const [currency, decimals] of CURRENCIES) markets.push(await makeMarket(shop, currency, decimals, seed));
  return markets;
}

async function makeMarket(shop: Shop, currency: string, decimals: number, seed: number): Promise<Market> {
  const per = 10n ** BigInt(decimals);
  const sample = <T>(arbitrary: fc.Arbitrary<T>, count: number) => fc.sample(arbitrary, { seed: seed + decimals, numRuns: count });
  const products = sample(
    fc.record({
      price: fc.bigInt(0n, 99_999n * per),
      taxClass: fc.constantFrom('standard', 'reduced', 'untaxed'),
      grams: fc.bigInt(0n, 5_000n),
      isFavoured: fc.boolean(),
    }),
    40,
  );
  const rows = await Promise.all(
    products.map(async (product, index) => {
      const [row] = await shop.query<{ id: string }>(
        `INSERT INTO products (id, name, slug, sku, price, currency, tax_class, weight_grams, status, stock_quantity)
         VALUES (uuid_v7(), $1, $1, $1, $2::numeric, $3, $4, $5, 'active', 0) RETURNING id`,
        [`${currency.toLowerCase()}-${index}`, amount(product.price, decimals), currency, product.taxClass, Number(product.grams)],
      );
      return { ...product, id: String(row?.id) };
    }),
  );
  return {
    currency,
    decimals,
    products: rows,
    codes: await makeCodes(shop, currency, decimals, rows),
    methods: await makeMethods(shop, currency, decimals),
  };
}

async function makeCodes(shop: Shop, currency: string, decimals: number, products: readonly PricedProduct[]): Promise<Market['codes']> {
  const codes = [
    { kind: 'percent', value: 1_000n, isForSome: false },
    { kind: 'percent', value: 3_333n, isForSome: true },
    { kind: 'percent', value: 10_000n, isForSome: false },
    { kind: 'amount', value: 7n, isForSome: false },
    { kind: 'amount', value: 100_001n, isForSome: true },
    { kind: 'free_shipping', value: 0n, isForSome: false },
  ] as const;
  const favoured = JSON.stringify(products.filter(({ isFavoured }) => isFavoured).map(({ id }) => id));
  return Promise.all(
    codes.map(async (code, index) => {
      const name = `${currency}-${index}`;
      const value = amount(code.value, code.kind === 'percent' ? 2 : decimals);
      await shop.query(
        `INSERT INTO discount_codes (id, code, kind, value, currency, product_ids) VALUES (uuid_v7(), $1, $2, $3::numeric, $4, $5::jsonb)`,
        [name, code.kind, value, currency, code.isForSome ? favoured : '[]'],
      );
      return { ...code, code: name };
    }),
  );
}

async function makeMethods(shop: Shop, currency: string, decimals: number): Promise<Market['methods']> {
  const per = 10n ** BigInt(decimals);
  const methods: readonly ModelMethod[] = [
    {
      basis: 'subtotal',
      taxClass: 'standard',
      bands: [
        { upTo: 5_000n * per, price: 5n * per - 1n },
        { upTo: null, price: 0n },
      ],
    },
    {
      basis: 'weight',
      taxClass: 'reduced',
      bands: [
        { upTo: 4_000n, price: 7n * per },
        { upTo: null, price: 13n * per + 1n },
      ],
    },
  ];
  return Promise.all(
    methods.map(async (method, index) => {
      const code = `${currency.toLowerCase()}-${index}`;
      const limit = (upTo: bigint | null) => (upTo === null ? null : amount(upTo, method.basis === 'weight' ? 0 : decimals));
      const bands = method.bands.map(({ upTo, price }) => ({ upTo: limit(upTo), price: amount(price, decimals) }));
      await shop.query(
        `INSERT INTO shipping_methods (id, code, name, currency, basis, bands, tax_class) VALUES (uuid_v7(), $1, $1, $2, $3, $4::jsonb, $5)`,
        [code, currency, method.basis, JSON.stringify(bands), method.taxClass],
      );
      return { ...method, code };
    }),
  );
}

/** Returns an amount of whole units as a decimal text. */
export function amount(units: bigint, decimals: number): string {
  const digits = String(units).padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
