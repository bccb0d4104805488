import { users } from '../../../src/accounts/users/user.resource';
import { products } from '../../../src/catalogue/products/product.resource';
import type { Ctx } from '../../../src/context/context';
import type { Resource } from '../../../src/resource/definition/resource';
import { parseListQuery } from '../../../src/resource/list/parse-list-query';
import { planList } from '../../../src/resource/list/plan-list';
import { writeCursor } from '../../../src/resource/query/order/cursor';
import { orders } from '../../../src/sales/orders/order.resource';
import { type Person, signUp } from '../../factories/people';
import { useShop } from '../../support/use-shop';
import { fillShop } from '../list/properties/rows';

const { shop, admin } = useShop({ admin: 'admin' });

beforeAll(async () => {
  await fillShop(shop);
});

const LISTS: readonly { readonly resource: Resource; readonly sorts: readonly string[] }[] = [
  { resource: products, sorts: ['brand,-price', '-createdAt', 'id', '-rating,viewCount', '-slug'] },
  { resource: orders, sorts: ['-total', 'placedAt'] },
  { resource: users, sorts: ['email'] },
];

/* What a client could write into a position: some values fit no column, some only a few. */
const VALUES = [null, '', 'x', '\u0000', '\ud800', '1e400', 'NaN', '-1', 'infinity', '99999-01-01', "'; DROP TABLE users; --", '{"a":1}'];

/** The list's identity as an administrator sees it, and the number of its sort keys. */
function identify(resource: Resource, sort: string) {
  const ctx = { env: {}, actor: { kind: 'system', name: 'test' } } as Ctx;
  const { identity, page } = planList(ctx, resource, parseListQuery({ sort }), resource.prefix, []);
  return { identity, keys: page.keys.length };
}

test('answers a forged cursor with the right checksum by a page or a 400, whatever its position', async () => {
  const outcomes = new Set<string>();
  for (const { resource, sorts } of LISTS) {
    for (const sort of sorts) {
      const { identity, keys } = identify(resource, sort);
      for (const value of VALUES) {
        for (const backwards of [false, true]) {
          const cursor = writeCursor(identity, { position: Array(keys).fill(value), backwards, inclusive: backwards });
          const { status, body } = await shop.call('get', `${resource.prefix}?sort=${sort}&cursor=${cursor}`, { token: admin.token });
          const outcome = status === 200 ? 'a page' : `${status} ${body.code}`;
          expect([sort, value, outcome]).toEqual([sort, value, expect.stringMatching(/^(a page|400 invalid_parameters)$/)]);
          outcomes.add(outcome);
        }
      }
    }
  }
  expect(outcomes.size).toBe(2);
});

test('shows a customer no order of another customer for a forged cursor', async () => {
  const buyer = await signUp(shop);
  const ctx = { env: {}, actor: { kind: 'user', id: buyer.id, sessionId: '', permissions: new Set<string>() } } as unknown as Ctx;
  const { identity, page } = planList(ctx, orders, parseListQuery({ sort: '-total' }), orders.prefix, []);
  const position = ['9999999999', 'ffffffff-ffff-7fff-bfff-ffffffffffff'];
  expect(page.keys).toHaveLength(position.length);
  const cursor = writeCursor(identity, { position, backwards: false, inclusive: false });
  const read = ({ token }: Person) => shop.call('get', `/v1/orders?sort=-total&cursor=${cursor}`, { token });
  expect(await read(buyer)).toMatchObject({ status: 200, body: { data: [] } });
  expect(await read(admin)).toMatchObject({ status: 400, body: { code: 'invalid_cursor' } });
  expect((await shop.call('get', '/v1/orders', { token: admin.token })).body.data.length).toBeGreaterThan(0);
});
