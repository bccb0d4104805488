import fc from 'fast-check';
import { isBlank, trimmed } from '../../../../src/schema/text';
import { letRatingsBeSet } from '../../../factories/products';
import type { Shop } from '../../../support/shop';

/** The seed of the rows: the same at each run, so that a failure comes from the change; FUZZ_SEED sets another. */
export const SEED = Number(process.env.FUZZ_SEED ?? 20_261_121);

export type RawRow = Readonly<Record<string, unknown>>;

const HOW_MANY = 90;

/** Texts that often break sorts and patterns: other scripts, combining marks, wildcards, case, spaces, controls. */
const ODD = [
  'a',
  'A',
  'á',
  'q\u0301',
  'ß',
  'SS',
  'İ',
  'ı',
  '100%',
  '_',
  '\\',
  "'",
  '"',
  'a b',
  'Smith, Wesson',
  'Z',
  'z',
  '😀',
  '\u{10ffff}',
  'a\u0001b',
  'क्षि',
  'ﬁ',
  '-1',
  'null',
];
/* As names are stored: in NFC, and something to see without white space around it. */
const anyText = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 8 })
  .map((text) => trimmed(text.normalize('NFC')))
  .filter((text) => !text.includes('\u0000') && text.isWellFormed() && !isBlank(text));
/** Returns mostly one of a few values, so that there are ties. */
export const words = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...ODD) }, { weight: 1, arbitrary: anyText });

const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 3 });
/* Times differ by little, so that an order that loses precision shows. */
const times = fc.constantFrom(
  '2026-01-01T00:00:00Z',
  '2026-01-01T00:00:00.000001Z',
  '2026-01-01T00:00:00.000999Z',
  '2026-06-30T12:00:00+02:00',
  '1999-12-31T23:59:59.5Z',
  '2026-11-20T08:00:00Z',
);
const stamps = { created_at: times, updated_at: times };
const deleted_at = fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: times });
const money = fc.constantFrom('0', '0.01', '0.10', '9.99', '10', '999999.99');

const product = fc.record({
  name: words,
  brand: sometimes(words),
  price: money,
  stock_quantity: fc.constantFrom(0, 1, 2, 1_000_000_000),
  status: fc.constantFrom('active', 'active', 'active', 'draft', 'discontinued'),
  featured: fc.boolean(),
  view_count: fc.constantFrom(0, 1, 9_007_199_254_740_991),
  rating: fc.constantFrom(0, 0.1, 4.99, 5),
  ...stamps,
  deleted_at,
});
const category = fc.record({ name: words, ...stamps, deleted_at });
const user = fc.record({
  first_name: words,
  last_name: words,
  is_active: fc.boolean(),
  email_verified: fc.boolean(),
  last_login_at: sometimes(times),
  balance: fc.constantFrom('0', '10.00', '10.01'),
  ...stamps,
  deleted_at,
});
const order = fc.record({
  status: fc.constantFrom('pending', 'paid', 'shipped', 'completed', 'cancelled'),
  payment_method: fc.constantFrom('balance', 'external'),
  shipping: money,
  placed_at: times,
  paid_at: sometimes(times),
  ...stamps,
});

const draw = <T extends object>(row: fc.Arbitrary<T>) =>
  fc.sample(row, { seed: SEED, numRuns: HOW_MANY }).map((drawn, index) => ({ ...drawn, number: index }));

/* `number` makes the unique values of a row, such as its SKU, GTIN and place in a group; every third category is below the second one before it, and deleted with it. */
const INSERTS: readonly (readonly [sql: string, rows: () => readonly (RawRow | string)[]])[] = [
  [
    `WITH given AS (SELECT uuid_v7() AS id, r.* FROM jsonb_to_recordset($1::jsonb)
       AS r(number int, name text, created_at timestamptz, updated_at timestamptz, deleted_at timestamptz))
     INSERT INTO categories (id, name, slug, parent_id, path, level, created_at, updated_at, deleted_at)
     SELECT g.id, g.name, 'c-' || g.number, p.id, coalesce('/' || p.id, '') || '/' || g.id || '/', CASE WHEN p.id IS NULL THEN 0 ELSE 1 END,
       g.created_at, g.updated_at, coalesce(g.deleted_at, p.deleted_at)
     FROM given g LEFT JOIN given p ON g.number % 3 = 2 AND p.number = g.number - 2 ORDER BY g.number`,
    () => draw(category),
  ],
  [
    `INSERT INTO product_groups (id, name, slug, options) VALUES (uuid_v7(), 'Numbers', 'numbers', jsonb_build_array(jsonb_build_object(
       'name', 'number', 'values', $1::jsonb)))`,
    () => Array.from({ length: HOW_MANY }, (_, number) => `${number}`),
  ],
  [
    `INSERT INTO products (id, name, slug, sku, gtin, group_id, option_values, brand, price, stock_quantity, status, featured, view_count, rating, category_id, created_at, updated_at, deleted_at)
     SELECT uuid_v7(), name, 'p-' || number, 'SKU ' || number,
       CASE number % 5 WHEN 1 THEN lpad((number * 10 + (10 - (number % 10 * 3 + number / 10) % 10) % 10)::text, 14, '0') END,
       CASE number % 6 WHEN 2 THEN (SELECT id FROM product_groups WHERE slug = 'numbers') END,
       CASE number % 6 WHEN 2 THEN jsonb_build_object('number', number::text) ELSE '{}' END, brand, price, stock_quantity, status, featured, view_count, rating,
       (SELECT id FROM categories WHERE slug = 'c-' || number % 7), created_at, updated_at, deleted_at
     FROM jsonb_to_recordset($1::jsonb) AS r(number int, name text, brand text, price numeric, stock_quantity int, status text, featured boolean,
       view_count bigint, rating numeric, created_at timestamptz, updated_at timestamptz, deleted_at timestamptz)`,
    () => draw(product),
  ],
  [
    `INSERT INTO users (id, email, username, first_name, last_name, is_active, email_verified, last_login_at, balance, created_at, updated_at, deleted_at)
     SELECT uuid_v7(), CASE WHEN number % 2 = 0 THEN 'User' ELSE 'uSER' END || number || '@Example.com', CASE WHEN number % 2 = 0 THEN 'Name' ELSE 'name' END || number,
       first_name, last_name, is_active, email_verified, last_login_at, balance, created_at, updated_at, deleted_at
     FROM jsonb_to_recordset($1::jsonb) AS r(number int, first_name text, last_name text, is_active boolean, email_verified boolean,
       last_login_at timestamptz, balance numeric, created_at timestamptz, updated_at timestamptz, deleted_at timestamptz)`,
    () => draw(user),
  ],
  [
    `INSERT INTO orders (id, order_number, user_id, status, payment_method, subtotal, shipping, total, placed_at, paid_at, shipped_at, completed_at, cancelled_at, imported_at, customer_number, created_at, updated_at)
     SELECT uuid_v7(), 'N-' || number, (SELECT id FROM users WHERE username ILIKE 'name' || number % 3), status, payment_method, 0, shipping, shipping, placed_at,
       CASE WHEN status IN ('pending', 'cancelled') THEN paid_at ELSE coalesce(paid_at, placed_at) END,
       CASE WHEN status IN ('shipped', 'completed') THEN placed_at END,
       CASE WHEN status = 'completed' THEN placed_at END, CASE WHEN status = 'cancelled' THEN placed_at END, CASE WHEN number % 4 = 1 THEN created_at END, CASE WHEN number % 4 = 1 THEN 'K-' || number % 5 END, created_at, updated_at
     FROM jsonb_to_recordset($1::jsonb) AS r(number int, status text, payment_method text, shipping numeric, placed_at timestamptz,
       paid_at timestamptz, created_at timestamptz, updated_at timestamptz)`,
    () => draw(order),
  ],
];

/** Fills categories, products, users and orders with random rows: ties, nulls, deleted rows, unusual text. */
export async function fillShop(shop: Shop): Promise<void> {
  await letRatingsBeSet(shop);
  for (const [sql, rows] of INSERTS) await shop.query(sql, [JSON.stringify(rows())]);
}
