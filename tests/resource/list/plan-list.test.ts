import { products } from '../../../src/catalogue/products/product.resource';
import type { Actor, Ctx } from '../../../src/context/context';
import { belongingTo } from '../../../src/resource/list/list-objects';
import { parseListQuery } from '../../../src/resource/list/parse-list-query';
import { planList } from '../../../src/resource/list/plan-list';
import type { ListQuery } from '../../../src/resource/query/list-query';
import { writeCursor } from '../../../src/resource/query/order/cursor';
import type { Person } from '../../factories/people';
import { makeProduct } from '../../factories/products';
import { recordQueries } from '../../support/query-recorder';
import { useShop } from '../../support/use-shop';

const { shop, admin, owner, other } = useShop({ admin: 'admin', owner: 'customer', other: 'customer' });

const list = (path: string, person?: Person) => shop.call('get', path, { token: person?.token });

async function idsOf(path: string, person?: Person): Promise<string[]> {
  const { status, body } = await list(path, person);
  expect([path, status]).toEqual([path, 200]);
  return body.data.map(({ id }: { id: string }) => id);
}

test('shows each customer their own orders, whoever sent the same query before', async () => {
  const items = [{ productId: await makeProduct(shop, admin), quantity: 1 }];
  const placed: string[] = [];
  for (const { token } of [owner, other, owner]) {
    const { body } = await shop.call('post', '/v1/orders', { token, body: { items, paymentMethod: 'external' } });
    placed.push(body.id);
  }
  const [first, theirs, last] = placed;
  for (let round = 0; round < 2; round++) {
    expect(await idsOf('/v1/orders', owner)).toEqual([last, first]);
    expect(await idsOf('/v1/orders', other)).toEqual([theirs]);
    expect(await idsOf('/v1/orders', admin)).toEqual([last, theirs, first]);
  }
});

test('keeps the images of two products apart', async () => {
  const products = [await makeProduct(shop, admin), await makeProduct(shop, admin)];
  const images: string[] = [];
  for (const productId of products) {
    const url = 'https://cdn.example/a.webp';
    images.push((await shop.call('post', '/v1/images', { token: admin.token, body: { productId, url } })).body.id);
  }
  for (const at of [0, 1, 0, 1]) expect(await idsOf(`/v1/products/${products[at]}/images`)).toEqual([images[at]]);
});

test('refuses deleted products to customers after an administrator listed them', async () => {
  const id = await makeProduct(shop, admin);
  await shop.call('delete', `/v1/products/${id}`, { token: admin.token });
  for (let round = 0; round < 2; round++) {
    expect(await idsOf('/v1/products?deleted=only', admin)).toContain(id);
    expect((await list('/v1/products?deleted=only', owner)).status).toBe(403);
    expect((await list('/v1/products?deleted=only')).status).toBe(401);
  }
});

test('walks a list by one statement: positions are parameters, also where a key is null', async () => {
  for (const brand of ['Acme', 'Bolt', null, null]) await makeProduct(shop, admin, { brand });
  for (const sort of ['-createdAt', 'brand', '-brand,name']) {
    const texts = new Set<string>();
    const positions: string[] = [];
    const path = `/v1/products?limit=1&sort=${sort}`;
    for (let cursor: string | null = ''; cursor !== null; ) {
      const at: string = cursor === '' ? path : `${path}&cursor=${cursor}`;
      await list('/v1/me', admin);
      const [query] = await recordQueries(async () => {
        cursor = (await list(at, admin)).body.pagination.nextCursor;
      });
      texts.add(query?.text ?? '');
      positions.push(JSON.stringify(query?.values));
    }
    const kinds = sort === '-createdAt' ? ['first', 'beyond'] : ['first', 'beyond', 'beyond a null'];
    expect([sort, texts.size]).toEqual([sort, kinds.length]);
    expect([sort, new Set(positions).size]).toEqual([sort, positions.length]);
    expect(positions.length).toBeGreaterThan(4);
  }
});

test('gives the same list for a query that is too long to cache or has left the cache', async () => {
  const id = await makeProduct(shop, admin, { name: 'Needle' });
  const long = Array.from({ length: 20 }, (_, index) => `Needle${index === 0 ? '' : ` ${'x'.repeat(30)}${index}`}`).join(',');
  expect(long.length).toBeGreaterThan(500);
  const asked = async () => [await idsOf('/v1/products?name=Needle'), await idsOf(`/v1/products?name[in]=${encodeURIComponent(long)}`)];
  expect(await asked()).toEqual([[id], [id]]);
  for (let limit = 1; limit <= 60; limit++) await idsOf(`/v1/products?name=Needle&limit=${limit}`);
  expect(await asked()).toEqual([[id], [id]]);
});

test('plans a list once per actor and query, but numbered, nested, long and evicted ones each time', () => {
  const actors: Actor[] = [{ kind: 'anonymous' }, { kind: 'anonymous' }];
  const planOf = (query: ListQuery, actor = 0, conditions = [] as ReturnType<typeof belongingTo>[]) =>
    planList({ actor: actors[actor], env: shop.env } as Ctx, products, parseListQuery(query), products.prefix, conditions);
  const first = planOf({ limit: 5 });
  const at = (position: string) => writeCursor(first.identity, { position: [position, 'id'], backwards: false, inclusive: false });
  for (const position of ['one', 'two']) expect(planOf({ limit: 5, cursor: at(position) })).toBe(first);
  expect(planOf({ limit: 6 })).not.toBe(first);
  expect(planOf({ limit: 5 }, 1)).not.toBe(first);
  expect(planOf({ limit: 5, page: 1 })).not.toBe(first);
  const below = [belongingTo('category_id', '01900000-0004-7000-8000-00000001868d')];
  expect(planOf({ limit: 5 }, 0, below)).not.toBe(planOf({ limit: 5 }, 0, below));
  const long = { name: 'x'.repeat(500) };
  expect(planOf(long)).not.toBe(planOf(long));
  expect(planOf({ limit: 5 })).toBe(first);
  for (let limit = 1; limit <= 51; limit++) planOf({ limit, sort: 'name' });
  expect(planOf({ limit: 5 })).not.toBe(first);
});

test('shows no draft for a forged cursor, and refuses values of another type', async () => {
  const plan = planList({ actor: { kind: 'anonymous' }, env: shop.env } as Ctx, products, parseListQuery({}), products.prefix, []);
  const forged = (...position: string[]) => writeCursor(plan.identity, { position, backwards: false, inclusive: true });
  await makeProduct(shop, admin, { status: 'draft' });
  const shown = await list(`/v1/products?cursor=${forged('9999-01-01T00:00:00Z', 'ffffffff-ffff-ffff-ffff-ffffffffffff')}`);
  expect(shown.status).toBe(200);
  expect(new Set(shown.body.data.map(({ status }: { status: string }) => status))).toEqual(new Set(['active']));
  for (const position of [
    ['tomorrow', 'x'],
    ["'; DROP TABLE products; --", '1'],
    ['\u0000', '\u0000'],
  ]) {
    const { status, body } = await list(`/v1/products?cursor=${forged(...position)}`);
    expect([position, status, body.code]).toEqual([position, 400, 'invalid_parameters']);
  }
});

test('pages through a category in any order, whether its products are few or many', async () => {
  const made: string[] = [];
  for (const [name, count] of [
    ['Few', 9],
    ['Many', 410],
  ] as const) {
    const category = (await shop.call('post', '/v1/categories', { token: admin.token, body: { name } })).body;
    const child = (
      await shop.call('post', '/v1/categories', { token: admin.token, body: { name: `Below ${name}`, parentId: category.id } })
    ).body;
    await shop.query(
      `INSERT INTO products (id, name, slug, sku, price, brand, category_id)
       SELECT uuid_v7(), $1::text || n, $1::text || n, $1::text || n, n % 7, CASE WHEN n % 3 > 0 THEN 'Brand ' || n % 2 END, CASE WHEN n % 2 = 0 THEN $2::uuid ELSE $3::uuid END
       FROM generate_series(1, ${count}) n`,
      [name.toLowerCase(), category.id, child.id],
    );
    made.push(category.id);
  }
  for (const id of made) {
    for (const [query, order, others] of [
      ['', 'created_at DESC, id DESC', 'true'],
      ['sort=-brand,price', 'brand DESC, price, id', 'true'],
      ['sort=name&price[gte]=2', 'name, id', 'price >= 2'],
    ] as const) {
      const all = await shop.query<{ id: string }>(
        `SELECT id FROM products WHERE category_id IN (SELECT id FROM categories WHERE path LIKE '%' || $1 || '%') AND ${others} ORDER BY ${order}`,
        [id],
      );
      const path = `/v1/products?category=${id}&${query}&limit=100`;
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const { body } = await list(`${path}${cursor && `&cursor=${cursor}`}`, admin);
        seen.push(...body.data.map((row: { id: string }) => row.id));
        cursor = body.pagination.nextCursor;
      }
      expect(seen).toEqual(all.map((row) => row.id));
      expect(await idsOf(`${path.replace('100', '3')}&page=3`, admin)).toEqual(seen.slice(6, 9));
    }
  }
  expect(await idsOf(`/v1/products?category=${ABSENT}&sort=price`)).toEqual([]);
});

const ABSENT = '01890a5d-ac96-774b-bcce-b302099a8057';
