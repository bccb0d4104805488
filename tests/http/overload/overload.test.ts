import { rowQueueOf } from '../../../src/database/pool/waits/row-queue';
import { Overload } from '../../../src/http/overload/overload';
import { makeProduct } from '../../factories/products';
import { codesOf, times, useLockHolder, whetherOver } from '../../support/use-lock-holder';
import { useShop } from '../../support/use-shop';

const { shop, manager } = useShop({ manager: 'manager' }, { MAX_REQUESTS_IN_WORK: '6' });
const { hold, letGo } = useLockHolder(shop);

const rename = (id: string) => shop.call('patch', `/v1/products/${id}`, { token: manager.token, body: { brand: 'Busy' } });
const isOverloaded = async () => (await shop.call('get', '/health/live')).body.isOverloaded === true;

/* One after the other, within the limit. */
async function makeProducts(count: number): Promise<string[]> {
  const made: string[] = [];
  while (made.length < count) made.push(await makeProduct(shop, manager));
  return made;
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

test('refuses writes at once while too many are in work, serves reads, and finishes what had begun', async () => {
  const [other = '', ...busy] = await makeProducts(7);
  await hold('SELECT FROM products WHERE id = ANY ($1::uuid[]) FOR UPDATE', [busy]);
  const begun = Promise.all(busy.map(rename));
  const isOver = whetherOver(begun);
  while (!(await isOverloaded()) && !isOver());

  const refused = await rename(other);
  expect([refused.status, refused.body.code]).toEqual([503, 'overloaded']);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1);
  expect(await shop.query(`SELECT FROM products WHERE id = $1::uuid AND brand = 'Busy'`, [other])).toEqual([]);
  expect((await shop.call('get', `/v1/products/${other}`)).status).toBe(200);
  expect((await shop.call('get', '/health/ready')).body).toEqual({ status: 'ok', isOverloaded: true });

  await letGo();
  expect(codesOf(await begun)).toEqual(['200']);
  expect((await rename(other)).status).toBe(200);
  expect(await isOverloaded()).toBe(false);
});

test('does not refuse writes because many wait for one row', async () => {
  const [hot, other] = [await makeProduct(shop, manager), await makeProduct(shop, manager)];
  await hold('SELECT FROM products WHERE id = $1::uuid FOR UPDATE', [hot]);
  const waiting = Promise.all(times(4, () => rename(hot)));
  const isOver = whetherOver(waiting);
  while (rowQueueOf(shop.sequelize).countBehindRows() < 3 && !isOver()) await nextTurn();
  expect((await rename(other)).status).toBe(200);
  await letGo();
  expect(codesOf(await waiting)).toEqual(['200']);
});

test('works on no more than the limit of what arrives at once', async () => {
  const overload = new Overload({ MAX_EVENT_LOOP_LAG_MS: 'off', MAX_REQUESTS_IN_WORK: 4 }, shop.sequelize, shop.log);
  const arrive = () => overload.run('read', nextTurn);
  const settled = await Promise.allSettled(times(10, arrive));
  expect(settled.map(({ status }) => status)).toEqual([...times(4, () => 'fulfilled'), ...times(6, () => 'rejected')]);
  await expect(arrive()).resolves.toBeUndefined();
});
