import { makeProduct } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const { shop, admin } = useShop({ admin: 'admin' });
let id: string;

const LINK = 'INSERT INTO product_tags (id, product_id, tag_id) SELECT uuid_v7(), $1::uuid, id FROM tags WHERE name =';

beforeAll(async () => {
  for (const name of ['Green', 'Black']) await shop.call('post', '/v1/tags', { token: admin.token, body: { name } });
});
beforeEach(async () => {
  const category = await shop.call('post', '/v1/categories', { token: admin.token, body: { name: `Teas ${Math.random()}` } });
  id = await makeProduct(shop, admin, { categoryId: category.body.id });
  for (const n of [1, 2]) {
    const body = { productId: id, url: `https://example.org/${n}.jpg`, altText: `Image ${n}`, displayOrder: n };
    await shop.call('post', '/v1/images', { token: admin.token, body });
  }
  await shop.query(`${LINK} 'Green'`, [id]);
});

const read = (query: string, tag?: string, path = `/v1/products/${id}`, token?: string) =>
  shop.call('get', path + query, { token, headers: tag === undefined ? {} : { 'If-None-Match': tag } });
const tagOf = async (query: string) => String((await read(query)).headers.etag);

const CHANGES: readonly { readonly what: string; readonly of: string; readonly sql: string }[] = [
  {
    what: 'its category has another name',
    of: 'category',
    sql: `UPDATE categories c SET name = 'Infusions' FROM products p WHERE p.id = $1::uuid AND c.id = p.category_id`,
  },
  {
    what: 'its category is deleted',
    of: 'category',
    sql: 'UPDATE categories c SET deleted_at = now() FROM products p WHERE p.id = $1::uuid AND c.id = p.category_id',
  },
  {
    what: 'an image changes',
    of: 'images',
    sql: `UPDATE product_images SET alt_text = 'A cup' WHERE product_id = $1::uuid AND display_order = 2`,
  },
  {
    what: 'an image is deleted',
    of: 'images',
    sql: 'UPDATE product_images SET deleted_at = now() WHERE product_id = $1::uuid AND display_order = 1',
  },
  { what: 'all images are purged', of: 'images', sql: 'DELETE FROM product_images WHERE product_id = $1::uuid' },
  {
    what: 'images change places',
    of: 'images',
    sql: 'UPDATE product_images SET display_order = 3 - display_order WHERE product_id = $1::uuid',
  },
  { what: 'a tag comes', of: 'tags', sql: `${LINK} 'Black'` },
  { what: 'a tag goes', of: 'tags', sql: 'DELETE FROM product_tags WHERE product_id = $1::uuid' },
  {
    what: 'a tag takes another’s place',
    of: 'tags',
    sql: `UPDATE product_tags SET tag_id = (SELECT id FROM tags WHERE name = 'Black') WHERE product_id = $1::uuid`,
  },
  {
    what: 'a tag has another name',
    of: 'tags',
    sql: `UPDATE tags SET name = name || '!' WHERE id IN (SELECT tag_id FROM product_tags WHERE product_id = $1::uuid)`,
  },
];

test.each(CHANGES)('changes the ETag of what shows it, and no other, where $what', async ({ of, sql }) => {
  const queries = ['', '?include=category', '?include=images', '?include=tags', '?include=category,images,tags'];
  const before = await Promise.all(queries.map(tagOf));
  await shop.query(sql, [id]);
  const after = await Promise.all(queries.map(tagOf));
  expect(queries.filter((_, at) => before[at] !== after[at])).toEqual([`?include=${of}`, '?include=category,images,tags']);
  for (const [at, query] of queries.entries()) {
    expect((await read(query, after[at])).status).toBe(304);
    expect((await read(query, before[at])).status).toBe(query.includes(of) ? 200 : 304);
  }
  await shop.query(`UPDATE tags SET name = rtrim(name, '!')`);
});

test('gives every representation an ETag of its own', async () => {
  const lone = await makeProduct(shop, admin);
  const queries = [
    '',
    '?fields=id',
    '?fields=id,name',
    '?include=images',
    '?include=tags',
    '?include=images,tags',
    '?fields=id&include=tags',
  ];
  const answers = await Promise.all(queries.map((query) => read(query, undefined, `/v1/products/${lone}`)));
  const tags = answers.map(({ headers }) => String(headers.etag));
  expect(new Set(tags).size).toBe(queries.length);
  for (const tag of tags) expect(tag).toMatch(/^"[0-9a-f]{32}\.[0-9a-f]{11}\.1(\.[0-9a-f]{1,16})?"$/);
});

test('digests the text of related rows without a version', async () => {
  const items = [{ productId: id, quantity: 1 }];
  const order = await shop.call('post', '/v1/orders', { token: admin.token, body: { items, paymentMethod: 'external' } });
  const path = `/v1/orders/${order.body.id}`;
  const tag = String((await read('?include=items', undefined, path, admin.token)).headers.etag);
  expect((await read('?include=items', tag, path, admin.token)).status).toBe(304);
  await shop.query(`UPDATE order_items SET product_name = 'Another name' WHERE order_id = $1::uuid`, [order.body.id]);
  const changed = await read('?include=items', tag, path, admin.token);
  expect([changed.status, changed.body.items[0].productName]).toEqual([200, 'Another name']);
});
