import { makeProduct, stockOf } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const { shop, manager, buyer } = useShop({ manager: 'manager', buyer: 'customer' });

async function makeCategory(name: string, parentId: string | null = null): Promise<string> {
  const made = await shop.call('post', '/v1/categories', { token: manager.token, body: { name, parentId } });
  return String(made.body.id);
}
const tree = () => shop.query('SELECT id, parent_id, path, level FROM categories ORDER BY id');

describe('the category tree under raw SQL', () => {
  let top: string;
  let middle: string;
  let leaf: string;

  beforeAll(async () => {
    top = await makeCategory('Top');
    middle = await makeCategory('Middle', top);
    leaf = await makeCategory('Leaf', middle);
  });

  test.each([
    ['a cycle', () => [`UPDATE categories SET parent_id = $1::uuid WHERE id = $2::uuid`, [leaf, top]]],
    [
      'a cycle with paths to match',
      () => [
        `UPDATE categories SET parent_id = $1::uuid, level = 2, path = $3 WHERE id = $2::uuid`,
        [middle, top, `/${top}/${middle}/${top}/`],
      ],
    ],
    ['a stale path', () => [`UPDATE categories SET parent_id = NULL, level = 0, path = '/' || id || '/' WHERE id = $1::uuid`, [middle]]],
    ['another parent under the old path', () => [`UPDATE categories SET parent_id = $1::uuid WHERE id = $2::uuid`, [top, leaf]]],
    [
      'an insert with a path of its own',
      () => [
        `INSERT INTO categories (id, name, slug, parent_id, path, level) SELECT id, 'X', 'x', $1::uuid, '/' || id || '/' || id || '/', 1 FROM (SELECT uuid_v7() AS id) i`,
        [leaf],
      ],
    ],
  ] as const)('refuses %s, and the tree stays', async (_what, statement) => {
    const before = await tree();
    const [sql, values] = statement() as [string, string[]];
    await expect(shop.query(sql, values)).rejects.toMatchObject({ original: { code: '23514' } });
    expect(await tree()).toEqual(before);
  });

  test('allows a whole subtree to move in one statement', async () => {
    const other = await makeCategory('Other');
    const moved = await shop.call('post', `/v1/categories/${middle}/move`, { token: manager.token, body: { parentId: other } });
    expect(moved.body).toMatchObject({ parentId: other, path: `/${other}/${middle}/`, level: 1, version: 2 });
    expect(await shop.query('SELECT path FROM categories WHERE id = $1::uuid', [leaf])).toEqual([{ path: `/${other}/${middle}/${leaf}/` }]);
  });

  test('refuses the second of two parallel moves that would make a cycle', async () => {
    const one = await makeCategory('One');
    const two = await makeCategory('Two');
    const under = (id: string, parent: string) =>
      shop.query(`UPDATE categories SET parent_id = $2::uuid, level = 1, path = '/' || $2 || '/' || $1 || '/' WHERE id = $1::uuid`, [
        id,
        parent,
      ]);
    const results = await Promise.allSettled([under(one, two), under(two, one)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(
      await shop.query(`SELECT FROM categories c JOIN categories p ON p.id = c.parent_id WHERE c.path <> p.path || c.id || '/'`),
    ).toEqual([]);
  });
});

describe('the ledgers under raw SQL', () => {
  test('refuse a row inserted by hand, and leave the counters unchanged', async () => {
    const productId = await makeProduct(shop, manager, { stockQuantity: 7 });
    const movement = `INSERT INTO stock_movements (id, product_id, delta, reason, quantity_after) VALUES (uuid_v7(), $1::uuid, 5, 'restock', 12)`;
    await expect(shop.query(movement, [productId])).rejects.toMatchObject({ original: { code: '42501' } });
    expect(await stockOf(shop, productId)).toEqual({ stock: 7, ledger: 7 });
    const entry = `INSERT INTO balance_entries (id, user_id, amount, balance_after, kind) VALUES (uuid_v7(), $1::uuid, 5, 5, 'credit')`;
    await expect(shop.query(entry, [buyer.id])).rejects.toMatchObject({ original: { code: '42501' } });
    expect(await shop.query('SELECT FROM balance_entries')).toEqual([]);
  });

  test('gain a row where the counter is changed', async () => {
    const productId = await makeProduct(shop, manager, { stockQuantity: 7 });
    await shop.query('UPDATE products SET stock_quantity = 9 WHERE id = $1::uuid', [productId]);
    expect(await stockOf(shop, productId)).toEqual({ stock: 9, ledger: 9 });
  });
});

test('refuses to lower the total of an order below its refunds', async () => {
  const productId = await makeProduct(shop, manager, { price: '10.00' });
  const body = { items: [{ productId, quantity: 2 }], paymentMethod: 'external' };
  const { id } = (await shop.call('post', '/v1/orders', { token: buyer.token, body })).body;
  await shop.call('post', `/v1/orders/${id}/pay`, { token: manager.token });
  expect((await shop.call('post', `/v1/orders/${id}/refunds`, { token: manager.token, body: { amount: '15.00' } })).status).toBe(201);
  await shop.query('UPDATE orders SET shipping = 5, total = 25 WHERE id = $1::uuid', [id]);
  await shop.query('UPDATE orders SET shipping = 0, total = 20 WHERE id = $1::uuid', [id]);
  const lowered = `WITH line AS (UPDATE order_items SET quantity = 1, subtotal = 10 WHERE order_id = $1::uuid)
    UPDATE orders SET subtotal = 10, total = 10 WHERE id = $1::uuid`;
  await expect(shop.query(lowered, [id])).rejects.toMatchObject({ original: { code: '23514', constraint: 'refunds_total_check' } });
  expect(await shop.query('SELECT total FROM orders WHERE id = $1::uuid', [id])).toEqual([{ total: '20.00' }]);
});
