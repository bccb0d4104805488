import { products } from '../../src/catalogue/products/product.resource';
import type { Actor, Ctx } from '../../src/context/context';
import { compiledList } from '../../src/resource/list/compiled-list';
import { belongingTo } from '../../src/resource/list/list-objects';
import type { ListQuery } from '../../src/resource/query/list-query';
import { type Person, signUp } from '../support/actors';
import { makeProduct } from '../support/goods';
import { recordQueries } from '../support/query-recorder';
import { type Shop, startShop } from '../support/shop';

let shop: Shop;
let admin: Person;
let owner: Person;
let other: Person;

beforeAll(async () => {
  shop = await startShop();
  admin = await signUp(shop, 'admin');
  owner = await signUp(shop);
  other = await signUp(shop);
});
afterAll(() => shop.close());

const list = (path: string, person?: Person) => shop.call('get', path, { token: person?.token });

async function idsOf(path: string, person?: Person): Promise<string[]> {
  const { status, body } = await list(path, person);
  expect([path, status]).toEqual([path, 200]);
  return body.data.map(({ id }: { id: string }) => id);
}

test('the same question shows everybody his own, whoever asked it before', async () => {
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

test('the lists below two objects of one kind are two lists', async () => {
  const products = [await makeProduct(shop, admin), await makeProduct(shop, admin)];
  const images: string[] = [];
  for (const productId of products) {
    const url = 'https://cdn.example/a.webp';
    images.push((await shop.call('post', '/v1/images', { token: admin.token, body: { productId, url } })).body.id);
  }
  for (const at of [0, 1, 0, 1]) expect(await idsOf(`/v1/products/${products[at]}/images`)).toEqual([images[at]]);
});

test('deleted rows are refused to who may not see them, after somebody else saw them', async () => {
  const id = await makeProduct(shop, admin);
  await shop.call('delete', `/v1/products/${id}`, { token: admin.token });
  for (let round = 0; round < 2; round++) {
    expect(await idsOf('/v1/products?deleted=only', admin)).toContain(id);
    expect((await list('/v1/products?deleted=only', owner)).status).toBe(403);
    expect((await list('/v1/products?deleted=only')).status).toBe(401);
  }
});

test('pages of a walk are one statement: its places are values, never text, also where a key is null', async () => {
  for (const brand of ['Acme', 'Bolt', null, null]) await makeProduct(shop, admin, { brand });
  for (const sort of ['-createdAt', 'brand', '-brand,name']) {
    const texts = new Set<string>();
    const places: string[] = [];
    const path = `/v1/products?limit=1&sort=${sort}`;
    for (let cursor: string | null = ''; cursor !== null; ) {
      const at: string = cursor === '' ? path : `${path}&cursor=${cursor}`;
      await list('/v1/me', admin);
      const [query] = await recordQueries(async () => {
        cursor = (await list(at, admin)).body.pagination.nextCursor;
      });
      texts.add(query?.text ?? '');
      places.push(JSON.stringify(query?.values));
    }
    const kinds = sort === '-createdAt' ? ['first', 'beyond'] : ['first', 'beyond', 'beyond a null'];
    expect([sort, texts.size]).toEqual([sort, kinds.length]);
    expect([sort, new Set(places).size]).toEqual([sort, places.length]);
    expect(places.length).toBeGreaterThan(4);
  }
});

test('a question too long to remember, and one beyond the fiftieth, are answered as the first', async () => {
  const id = await makeProduct(shop, admin, { name: 'Needle' });
  const long = Array.from({ length: 20 }, (_, index) => `Needle${index === 0 ? '' : ` ${'x'.repeat(30)}${index}`}`).join(',');
  expect(long.length).toBeGreaterThan(500);
  const asked = async () => [await idsOf('/v1/products?name=Needle'), await idsOf(`/v1/products?name[in]=${encodeURIComponent(long)}`)];
  expect(await asked()).toEqual([[id], [id]]);
  for (let limit = 1; limit <= 60; limit++) await idsOf(`/v1/products?name=Needle&limit=${limit}`);
  expect(await asked()).toEqual([[id], [id]]);
});

test('a walk is compiled once for who walks; another question, another actor, a long one, one below an object and one long ago anew', () => {
  const actors: Actor[] = [{ kind: 'anonymous' }, { kind: 'anonymous' }];
  const compiled = (query: ListQuery, at = 0, fixed = [] as ReturnType<typeof belongingTo>[]) =>
    compiledList({ actor: actors[at], env: shop.env } as Ctx, products, query, products.prefix, fixed);
  const walk = compiled({ limit: 5 });
  for (const cursor of ['one', 'two']) expect(compiled({ limit: 5, cursor })).toBe(walk);
  expect(compiled({ limit: 6 })).not.toBe(walk);
  expect(compiled({ limit: 5 }, 1)).not.toBe(walk);
  expect(compiled({ limit: 5, page: 1 })).not.toBe(walk);
  const below = [belongingTo('category_id', '01900000-0004-7000-8000-00000001868d')];
  expect(compiled({ limit: 5 }, 0, below)).not.toBe(compiled({ limit: 5 }, 0, below));
  const long = { name: 'x'.repeat(500) };
  expect(compiled(long)).not.toBe(compiled(long));
  expect(compiled({ limit: 5 })).toBe(walk);
  for (let limit = 1; limit <= 51; limit++) compiled({ limit, sort: 'name' });
  expect(compiled({ limit: 5 })).not.toBe(walk);
});

test('the cursors of another app in the process are signed with its own secret, whoever asked first', () => {
  const actor: Actor = { kind: 'anonymous' };
  const secrets = [shop.env.JWT_SECRET, 'x'.repeat(32), shop.env.JWT_SECRET].map((JWT_SECRET) => {
    const ctx = { actor, env: { ...shop.env, JWT_SECRET } } as Ctx;
    return compiledList(ctx, products, { limit: 5 }, products.prefix, []).cursorKey.secret;
  });
  expect(secrets[1]).not.toBe(secrets[0]);
  expect(secrets[2]).toBe(secrets[0]);
});
