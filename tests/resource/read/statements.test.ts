import { signUp } from '../../factories/people';
import { makeProduct } from '../../factories/products';
import { recordStatements } from '../../support/query-recorder';
import { startShop } from '../../support/shop';
import { useShop } from '../../support/use-shop';

const { shop, admin } = useShop({ admin: 'admin' });
let id: string;

beforeAll(async () => {
  id = await makeProduct(shop, admin);
  const { body: tag } = await shop.call('post', '/v1/tags', { token: admin.token, body: { name: 'Fresh' } });
  await shop.call('put', `/v1/products/${id}/tags/${tag.id}`, { token: admin.token });
  await shop.call('post', '/v1/images', { token: admin.token, body: { productId: id, url: 'https://cdn.example/a.webp' } });
  await shop.call('post', '/v1/categories', { token: admin.token, body: { name: 'Tea' } });
  await shop.call('post', '/v1/orders', {
    token: admin.token,
    body: { items: [{ productId: id, quantity: 1 }], paymentMethod: 'external' },
  });
});

const READS: readonly (readonly [path: string, statements: number])[] = [
  ['/v1/products', 1],
  ['/v1/products?include=category,images,tags', 1],
  ['/v1/products?total=true', 2],
  ['/v1/products?page=1', 2],
  ['/v1/products?q=product', 1],
  ['/v1/products/slug:product-1?include=category,images,tags', 1],
  ['/v1/categories', 1],
  // BEGIN, DECLARE, FETCH of 500 rows until there are none, COMMIT.
  ['/v1/categories/tree', 5],

  ['/v1/tags', 1],
  ['/v1/images', 1],
  ['/v1/users?include=profile,roles', 1],
  ['/v1/roles?include=permissions', 1],
  ['/v1/orders?include=items,refunds,user', 1],
  ['/v1/refunds', 1],
  ['/v1/stock-movements', 1],
  ['/v1/audit-logs', 1],
  ['/v1/me', 1],
  ['/health/live', 0],
];

// Who calls is remembered for some seconds only, and is looked up anew before each read, so that no read counts it.
const read = async (path: string) => {
  await shop.call('get', '/v1/me', { token: admin.token });
  const statements = await recordStatements(() => shop.call('get', path, { token: admin.token }));
  return statements.length;
};

test('reads one row and fifty rows by the same number of statements', async () => {
  for (const [path, planned] of READS) expect([path, await read(path)]).toEqual([path, planned]);
  for (let index = 0; index < 50; index++) {
    const productId = await makeProduct(shop, admin);
    await shop.call('post', '/v1/orders', { token: admin.token, body: { items: [{ productId, quantity: 1 }], paymentMethod: 'external' } });
  }
  for (const [path, planned] of READS) expect([path, await read(path)]).toEqual([path, planned]);
});

test('places an order by one message, however many lines it has', async () => {
  const ids = [await makeProduct(shop, admin), await makeProduct(shop, admin), await makeProduct(shop, admin)];
  await shop.call('get', '/v1/me', { token: admin.token });
  const items = ids.map((productId) => ({ productId, quantity: 1 }));
  const statements = await recordStatements(() =>
    shop.call('post', '/v1/orders', { token: admin.token, body: { items, paymentMethod: 'external' } }),
  );
  expect(statements).toEqual([expect.stringMatching(/^\s*WITH announced AS MATERIALIZED \(SELECT set_config/)]);
});

test('places twenty parallel orders over a pool of one connection', async () => {
  const small = await startShop({ DB_POOL_MAX: '1' });
  const manager = await signUp(small, 'manager');
  const productId = await makeProduct(small, manager, { stockQuantity: 30 });
  const body = { items: [{ productId, quantity: 1 }], paymentMethod: 'external' };
  const answers = await Promise.all(Array.from({ length: 20 }, () => small.call('post', '/v1/orders', { token: manager.token, body })));
  await small.close();
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201));
});
