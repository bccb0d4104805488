import { useShop } from '../../support/use-shop';

const { shop, manager } = useShop({ manager: 'manager' });

const bulk = (resource: string, operations: readonly object[], atomic = true) =>
  shop.call('post', `/v1/${resource}/bulk`, { token: manager.token, body: { atomic, operations } });
const statuses = ({ body }: { body: { results: { status: number }[] } }) => body.results.map(({ status }) => status);

test('numbers the slugs of equal names that several requests create at once, and loses none', async () => {
  const few = Array.from({ length: 20 }, () => ({ op: 'create', data: { name: 'Raced' } }));
  const many = Array.from({ length: 60 }, (_, n) => ({ op: 'create', data: { name: `Raced ${n}` } }));
  const replies = await Promise.all([bulk('tags', few), bulk('tags', many), bulk('tags', few), bulk('tags', many)]);
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const rows = await shop.query<{ slug: string }>(`SELECT slug FROM tags WHERE name LIKE 'Raced%'`);
  expect([rows.length, new Set(rows.map(({ slug }) => slug)).size]).toEqual([160, 160]);
});

test('gives each SKU once to requests that want the same ones at once, in opposite orders', async () => {
  const creations = Array.from({ length: 30 }, (_, n) => ({ op: 'create', data: { name: `P ${n}`, sku: `RACE-${n}`, price: '1.00' } }));
  const replies = await Promise.all([bulk('products', creations, false), bulk('products', [...creations].reverse(), false)]);
  expect(replies.map(({ status }) => status)).toEqual([200, 200]);
  const all = replies.flatMap(statuses);
  expect([all.filter((status) => status === 201).length, all.filter((status) => status === 409).length]).toEqual([30, 30]);
});

test('changes the same objects in opposite orders at once without a deadlock, once each', async () => {
  const made = await bulk(
    'tags',
    Array.from({ length: 40 }, (_, n) => ({ op: 'create', data: { name: `Both ${n}` } })),
  );
  const updates = made.body.results.map(({ id }: { id: string }, n: number) => ({
    op: 'update',
    id,
    version: 1,
    data: { name: `New ${n}` },
  }));
  const replies = await Promise.all([bulk('tags', updates, false), bulk('tags', [...updates].reverse(), false)]);
  const all = replies.flatMap(statuses);
  expect([all.filter((status) => status === 200).length, all.filter((status) => status === 412).length]).toEqual([40, 40]);
});
