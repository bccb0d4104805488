import { allRouters } from '../../src/routes';
import { integer, type Schema } from '../../src/schema/schema';
import { FROM_TEXT, jsonPointer, STRICT, validate } from '../../src/schema/validate';
import { makeProduct, stockOf } from '../factories/products';
import { useShop } from '../support/use-shop';

const { shop, admin } = useShop({ admin: 'admin' });

const NO_UUID = '00000000-0000-0000-0000-00000000000g';

/** What joi tells of a schema, as far as its members go. */
interface Described {
  readonly type?: string;
  readonly keys?: Readonly<Record<string, Described>>;
  readonly items?: readonly Described[];
}

/* Text of 5, 36 and 40 characters that no format has, and numbers that no computer has, at each place of the schema. */
const WRONG = ['\u00a7 \u00a7 \u00a7', NO_UUID, '\u00a7 '.repeat(20), Number.POSITIVE_INFINITY, -1e20, 0];

function filled({ type, keys = {}, items = [] }: Described, wrong: unknown): unknown {
  if (type === 'object') return Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, filled(key, wrong)]));
  if (type === 'array') return items.map((item) => filled(item, wrong));
  return wrong;
}

const endpoints = allRouters({ draining: false }).flatMap(({ endpoints: some }) => some);
const bodies: readonly Schema[] = endpoints.flatMap(({ body }) => body ?? []);
const parameters = endpoints.flatMap(({ params = {}, query = {} }) => Object.entries({ ...params, ...query }));

const messages = () => [
  ...bodies.flatMap((body) =>
    WRONG.flatMap((wrong) => validate(body, filled(body.describe() as Described, wrong), STRICT, jsonPointer).violations),
  ),
  ...parameters.flatMap(([name, schema]) =>
    WRONG.flatMap((wrong) => validate(schema.label(name), String(wrong), FROM_TEXT, () => name).violations),
  ),
];

test('never shows a pattern, a template or a term of the validator, whatever is wrong with whichever member', () => {
  const all = messages();
  expect(all.length).toBeGreaterThan(500);
  expect(all.filter(({ message }) => /\/\^|\$\/|\[\w-\w|[{}]|undefined|safe number|infinity|invalid value/.test(message))).toEqual([]);
});

test.each(['abc', NO_UUID, '0'.repeat(500)])('says once that %.40s is no id, in a path, a query and a body', async (id) => {
  const path = await shop.call('get', `/v1/stock-movements/${id}`, { token: admin.token });
  expect(path.body.errors).toEqual([{ pointer: 'id', code: 'wrong_format', message: 'id must be an id (a UUID)' }]);
  const query = await shop.call('get', `/v1/products?categoryId=${id}`);
  expect(query.body.errors).toEqual([{ pointer: 'categoryId', code: 'wrong_format', message: 'categoryId must be an id (a UUID)' }]);
  const body = { productId: id, delta: 1, reason: 'restock' };
  const refused = await shop.call('post', '/v1/stock-movements', { token: admin.token, body });
  expect([refused.status, refused.body.errors]).toEqual([
    422,
    [{ pointer: '/productId', code: 'wrong_format', message: 'productId must be an id (a UUID)' }],
  ]);
});

test.each([
  ['createdAt[gt]=2026-11-28', 'wrong_format', 'createdAt[gt] must be a time such as 2026-11-28T00:00:00Z'],
  ['slug=No%20Slug', 'wrong_format', 'slug must consist of the small letters a to z, digits and hyphens'],
  ['page=99999999999999999999', 'too_large', 'page is too large a number'],
  ['page=-99999999999999999999', 'too_large', 'page is too small a number'],
])('says in a sentence what is wrong with ?%s', async (query, code, message) => {
  const { status, body } = await shop.call('get', `/v1/products?${query}`);
  const [pointer] = query.split('=');
  expect([status, body.errors]).toEqual([400, [{ pointer, code, message }]]);
});

test.each([
  ['1e400', 'version is too large a number'],
  ['-1e400', 'version is too small a number'],
])('says of %s in a body, which is read as infinity, what is wrong', (json, message) => {
  const { violations } = validate(integer(1, 10).label('version'), JSON.parse(json), STRICT, jsonPointer);
  expect(violations).toEqual([{ pointer: '', code: 'too_large', message }]);
});

test('says in sentences how an email and a username are written, and registers nobody', async () => {
  const body = { email: 'an\u00e4@example.com', username: 'no name', password: 'correct horse battery', firstName: 'A', lastName: 'B' };
  const refused = await shop.call('post', '/v1/auth/register', { body });
  expect([refused.status, refused.body.errors]).toEqual([
    422,
    [
      {
        pointer: '/email',
        code: 'wrong_format',
        message: 'email must be an email address such as ana@example.com, without spaces, accents or other special letters',
      },
      {
        pointer: '/username',
        code: 'wrong_format',
        message: 'username must consist of letters a to z, digits, dots, hyphens and underscores',
      },
    ],
  ]);
  expect(await shop.query("SELECT FROM users WHERE last_name = 'B'")).toEqual([]);
});

test('says that a difference of stock must not be 0, and moves nothing', async () => {
  const productId = await makeProduct(shop, admin, { stockQuantity: 3 });
  const body = { productId, delta: 0, reason: 'restock' };
  const refused = await shop.call('post', '/v1/stock-movements', { token: admin.token, body });
  expect([refused.status, refused.body.errors]).toEqual([
    422,
    [{ pointer: '/delta', code: 'not_allowed', message: 'delta must not be 0' }],
  ]);
  expect(await stockOf(shop, productId)).toEqual({ stock: 3, ledger: 3 });
});
