import type { Person } from '../../factories/people';
import { makeProduct } from '../../factories/products';
import { recordQueries } from '../../support/query-recorder';
import { useShop } from '../../support/use-shop';

const { shop, admin, owner, other } = useShop({ admin: 'admin', owner: 'customer', other: 'customer' });

const TAGS = [undefined, '"99"', '*'];

const read = (path: string, person?: Person, tag?: string) =>
  shop.call('get', path, { token: person?.token, headers: tag === undefined ? {} : { 'If-None-Match': tag } });

/** The statuses of everybody's read, without a tag, with one of another version and with any; twice, the second time as compiled. */
async function statuses(path: string, people: readonly (Person | undefined)[]): Promise<number[][]> {
  const rounds = [];
  for (let round = 0; round < 2; round++) {
    const answers = [];
    for (const tag of TAGS) for (const person of people) answers.push((await read(path, person, tag)).status);
    rounds.push(answers);
  }
  return rounds;
}
const always = (plain: number[], any: number[]) => [0, 1].map(() => [...plain, ...plain, ...any]);

test('shows a draft to staff only, by id and slug, whoever read it before', async () => {
  const id = await makeProduct(shop, admin, { name: 'Draft of a tea', status: 'draft' });
  for (const key of [id, 'slug:draft-of-a-tea']) {
    const people = [admin, owner, undefined, admin, other];
    expect(await statuses(`/v1/products/${key}`, people)).toEqual(always([200, 404, 404, 200, 404], [304, 404, 404, 304, 404]));
  }
});

test('shows an order to its buyer and to staff only, also with its items', async () => {
  const items = [{ productId: await makeProduct(shop, admin), quantity: 1 }];
  const { body: order } = await shop.call('post', '/v1/orders', { token: owner.token, body: { items, paymentMethod: 'external' } });
  for (const query of ['', '?include=items,user', '?fields=id,total']) {
    const people = [owner, other, admin, other, owner];
    expect(await statuses(`/v1/orders/${order.id}${query}`, people)).toEqual(always([200, 404, 200, 404, 200], [304, 404, 304, 404, 304]));
  }
});

test('shows users themselves, and no other user', async () => {
  const people = [admin, owner, other, owner];
  expect(await statuses(`/v1/users/${owner.id}`, people)).toEqual(always([200, 200, 404, 200], [304, 304, 404, 304]));
  expect(await statuses(`/v1/users/${other.id}`, people)).toEqual(always([200, 404, 200, 404], [304, 404, 304, 404]));
  expect((await read(`/v1/users/${owner.id}`, owner)).body.id).toBe(owner.id);
});

test('shows a deleted product only where the query asks for it', async () => {
  const id = await makeProduct(shop, admin, { name: 'Gone tea' });
  const alive = await makeProduct(shop, admin, { name: 'Live tea' });
  await shop.call('delete', `/v1/products/${id}`, { token: admin.token });
  for (const [gone, here] of [
    [id, alive],
    ['slug:gone-tea', 'slug:live-tea'],
  ]) {
    for (const [query, ofGone] of [
      ['', 404],
      ['?deleted=with', 200],
      ['', 404],
    ] as const) {
      expect([query, (await read(`/v1/products/${gone}${query}`, admin)).status]).toEqual([query, ofGone]);
      expect([query, (await read(`/v1/products/${here}${query}`, admin)).status]).toEqual([query, 200]);
    }
    expect((await read(`/v1/products/${gone}?deleted=with`, owner)).status).toBe(403);
  }
});

test('reads all objects of one shape by one statement: keys and versions are parameters', async () => {
  const names = ['Assam', 'Darjeeling'];
  const ids = [];
  for (const name of names) ids.push(await makeProduct(shop, admin, { name }));
  const queryOf = async (path: string, tag?: string) => {
    await read('/v1/me', admin);
    const [query] = await recordQueries(() => read(path, admin, tag));
    return query ?? { text: '', values: [] };
  };
  for (const keys of [ids, names.map((name) => `slug:${name.toLowerCase()}`)]) {
    for (const tag of TAGS) {
      const [first, second] = [await queryOf(`/v1/products/${keys[0]}`, tag), await queryOf(`/v1/products/${keys[1]}`, tag)];
      expect(second.text).toBe(first.text);
      for (const [key, { text, values }] of [
        [keys[0], first],
        [keys[1], second],
      ] as const) {
        const value = String(key).replace('slug:', '');
        expect(text).not.toContain(value);
        expect(values.flat()).toContain(value);
      }
    }
  }
});
