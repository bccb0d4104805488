import type { Response } from 'supertest';
import { type Person, signUp } from '../../factories/people';
import { makeProduct, stockOf } from '../../factories/products';
import { recordStatements } from '../../support/query-recorder';
import { type Call, type Method, type Shop, startShop } from '../../support/shop';

let on: Shop;
let off: Shop;
let admin: Person;
let buyer: Person;

beforeAll(async () => {
  on = await startShop();
  off = await startShop({ BATCHING: 'off', DATABASE_URL: on.env.DATABASE_URL });
  admin = await signUp(on, 'admin');
  buyer = await signUp(on);
  const { body: tag } = await on.call('post', '/v1/tags', { token: admin.token, body: { name: 'Fresh' } });
  for (const brand of ['Acme', 'Bolt', null, 'Acme', null]) {
    const id = await makeProduct(on, admin, { brand });
    await on.call('put', `/v1/products/${id}/tags/${tag.id}`, { token: admin.token });
    await order(on, id);
  }
});
afterAll(async () => {
  await off.close();
  await on.close();
});

const ABSENT = '01890a5d-ac96-774b-bcce-b302099a8057';

const order = (shop: Shop, productId: string, values: object = {}, { token } = buyer) =>
  shop.call('post', '/v1/orders', { token, body: { items: [{ productId, quantity: 1 }], paymentMethod: 'external', ...values } });

/** What both shops must have in common: all but the request's id. */
function shown({ status, headers, body }: Response) {
  const { requestId: _, ...others } = body;
  return { status, etag: headers.etag, link: headers.link, body: others };
}

async function expectEqual(method: Method, path: string, call: Call): Promise<Response> {
  const [batched, single] = await Promise.all([on.call(method, path, call), off.call(method, path, call)]);
  expect([path, shown(single)]).toEqual([path, shown(batched)]);
  return batched;
}

test('gives equal responses to reads, conditional reads and refused reads, for every actor', async () => {
  const { body } = await on.call('get', '/v1/products?limit=2');
  const [first, second] = body.data as { id: string; slug: string }[];
  const keys = [first?.id, second?.id, `slug:${first?.slug}`, ABSENT, 'no-id'];
  const queries = ['', '?include=category,images,tags', '?fields=id,name', '?deleted=with', '?include=nothing'];
  const reads = keys.flatMap((key) => queries.map((query) => `/v1/products/${key}${query}`));
  const read = async (path: string, token: string | undefined) => {
    const { status, headers } = await expectEqual('get', path, { token });
    if (status !== 200) return status;
    return (await expectEqual('get', path, { token, headers: { 'If-None-Match': String(headers.etag) } })).status;
  };
  const statuses = await Promise.all([admin, buyer, undefined].flatMap((person) => reads.map((path) => read(path, person?.token))));
  expect(new Set(statuses)).toEqual(new Set([304, 400, 401, 403, 404]));
});

test('gives equal lists, page by page', async () => {
  const lists = ['/v1/products', '/v1/orders?include=items,user', '/v1/users', '/v1/audit-logs', '/v1/products?q=product'];
  const sorted = ['sort=brand,-price', 'page=2', 'total=exact', 'sort=nothing', 'cursor=forged'].map((query) => `/v1/products?${query}`);
  const walk = async (path: string, token: string | undefined) => {
    const limited = `${path}${path.includes('?') ? '&' : '?'}limit=2`;
    let cursor: string | null | undefined;
    for (let page = 0; page < 4 && cursor !== null; page++) {
      const { body } = await expectEqual('get', cursor === undefined ? limited : `${limited}&cursor=${cursor}`, { token });
      cursor = body.pagination?.nextCursor ?? null;
    }
  };
  await Promise.all([admin, buyer, undefined].flatMap((person) => [...lists, ...sorted].map((path) => walk(path, person?.token))));
});

test('refuses orders with equal problems and leaves stock unchanged', async () => {
  const id = await makeProduct(on, admin, { stockQuantity: 5 });
  const yen = await makeProduct(on, admin, { currency: 'JPY' });
  const draft = await makeProduct(on, admin, { status: 'draft' });
  const line = (productId: string, quantity = 1) => ({ productId, quantity });
  const refused: readonly (readonly [code: string, body: object])[] = [
    ['insufficient_stock', { items: [line(id, 6)] }],
    ['product_unavailable', { items: [line(id), line(draft)] }],
    ['product_unavailable', { items: [line(id), line(ABSENT)] }],
    ['product_unavailable', { items: [line(id), line(yen)] }],
    ['total_mismatch', { items: [line(id)], expectedTotal: '1.00' }],
    ['insufficient_balance', { items: [line(id)], paymentMethod: 'balance' }],
    ['product_unavailable', { items: [line(yen)], paymentMethod: 'balance' }],
    ['invalid_body', { items: [] }],
  ];
  for (const [code, body] of refused) {
    const call = { token: buyer.token, body: { paymentMethod: 'external', ...body } };
    expect((await expectEqual('post', '/v1/orders', call)).body.code).toBe(code);
  }
  expect(await stockOf(on, id)).toEqual({ stock: 5, ledger: 5 });
});

test('places equal orders, but for ids and times', async () => {
  const TIMES = /"(\w*[iI]d|orderNumber|\w+At)":"[^"]*"/g;
  const placed = async (shop: Shop, values: object) => {
    const { status, text } = await order(shop, id, values);
    return { status, text: text.replaceAll(TIMES, '"$1":"…"') };
  };
  const id = await makeProduct(on, admin);
  await on.call('post', `/v1/users/${buyer.id}/balance/entries`, { token: admin.token, body: { amount: '50.00', kind: 'credit' } });
  for (const values of [{ note: 'Ring twice.' }, { paymentMethod: 'balance' }, { expectedTotal: '10.00' }]) {
    const batched = await placed(on, values);
    expect(batched.status).toBe(201);
    expect(await placed(off, values)).toEqual(batched);
  }
  expect(await stockOf(on, id)).toEqual({ stock: 4, ledger: 4 });
});

test('sells no more than the stock to parallel orders, by one statement each', async () => {
  const id = await makeProduct(on, admin, { stockQuantity: 7 });
  const statements = await recordStatements(async () => {
    const responses = await Promise.all(Array.from({ length: 12 }, () => order(off, id)));
    expect(responses.map(({ status }) => status).sort()).toEqual([...Array(7).fill(201), ...Array(5).fill(409)]);
  });
  expect(statements.filter((text) => text.includes('announced AS MATERIALIZED'))).toHaveLength(12);
  expect(statements).not.toContain('COMMIT');
  expect(await stockOf(on, id)).toEqual({ stock: 0, ledger: 0 });
});
