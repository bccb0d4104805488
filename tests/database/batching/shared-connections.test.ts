import { queryShared } from '../../../src/database/batching/shared-connections';
import { acquire, release, withConnection } from '../../../src/database/sql/statement';
import { makeProduct } from '../../factories/products';
import { type Shop, startShop } from '../../support/shop';
import { useShop } from '../../support/use-shop';

const { shop, manager } = useShop({ manager: 'manager' }, { DB_POOL_MAX: '2' });

const askIn = (shop: Shop, text: string, ...values: unknown[]) => queryShared<{ answer: number; pid: number }>(shop, { text, values });
const ask = (text: string, ...values: unknown[]) => askIn(shop, text, ...values);
const ECHO = 'SELECT $1::int AS answer, pg_backend_pid() AS pid';
const echo = (n: number) => ask(ECHO, n);
const upTo = (count: number) => Array.from({ length: count }, (_, at) => at);

test('shares one connection of a pool of two among simultaneous statements, and returns each its own rows', async () => {
  const answers = (await Promise.all(upTo(16).map(echo))).flat();
  expect(answers.map(({ answer }) => answer)).toEqual(upTo(16));
  expect(new Set(answers.map(({ pid }) => pid)).size).toBe(1);
});

test('shares three connections of a large pool, and opens no fourth until they are full', async () => {
  const large = await startShop({ DB_POOL_MAX: '10' });
  // Five are there already: one that had to be opened would come when the others are done.
  for (const connection of await Promise.all(upTo(5).map(() => acquire(large.sequelize)))) release(large.sequelize, connection);
  const answers = (await Promise.all(upTo(30).map((n) => askIn(large, ECHO, n)))).flat();
  await large.close();
  expect(answers.map(({ answer }) => answer)).toEqual(upTo(30));
  expect(new Set(answers.map(({ pid }) => pid)).size).toBe(3);
});

test('opens another connection beyond a hundred statements in flight', async () => {
  // Slow enough that the first connection is not done before the second is open.
  const slowEcho = (n: number) => ask(`${ECHO}, pg_sleep(0.002)`, n);
  const answers = (await Promise.all(upTo(600).map(slowEcho))).flat();
  expect(answers.map(({ answer }) => answer)).toEqual(upTo(600));
  expect(new Set(answers.map(({ pid }) => pid)).size).toBe(2);
});

test('fails only the statement that PostgreSQL refuses', async () => {
  const results = await Promise.allSettled([echo(1), ask('SELECT 1 / $1::int AS answer', 0), echo(2)]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(results[1]).toMatchObject({ reason: { code: '22012' } });
});

test('fails the statements of a broken connection, and none that follows', async () => {
  const first = ask('SELECT pg_terminate_backend(pg_backend_pid())');
  const onIt = Promise.allSettled([first, echo(1), echo(2)]);
  await expect(first).rejects.toThrow();
  const after = echo(3);
  expect((await onIt).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(await after).toMatchObject([{ answer: 3 }]);
});

test('lets a write have the only connection during a continuous stream of reads', async () => {
  const small = await startShop({ DB_POOL_MAX: '1' });
  // Long enough, and enough of them, that their answers do not all come together: then the connection would be free by itself.
  const read = () => queryShared(small, { text: 'SELECT count(*) FROM generate_series(1, 5000)', values: [] });
  let reads = 0;
  let isWritten = false;
  const reading = async () => {
    for (; !isWritten && reads < 3_000; reads += 1) await read();
  };
  const readers = upTo(15).map(reading);
  await withConnection(small.sequelize, async () => {
    isWritten = true;
  });
  await Promise.all(readers);
  await small.close();
  expect(reads).toBeLessThan(1_000);
});

test('gives simultaneous reads the responses of single ones', async () => {
  const ids = await Promise.all(upTo(12).map(() => makeProduct(shop, manager)));
  const paths = [
    ...ids.map((id) => `/v1/products/${id}`),
    ...ids.map((id) => `/v1/products/${id}?include=tags`),
    '/v1/products?limit=5',
    '/v1/categories',
  ];
  const alone = [];
  for (const path of paths) alone.push((await shop.call('get', path)).text);
  expect((await Promise.all(paths.map((path) => shop.call('get', path)))).map(({ text }) => text)).toEqual(alone);
});
