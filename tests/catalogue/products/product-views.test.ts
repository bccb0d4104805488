import { flushViews } from '../../../src/catalogue';
import { foldedViews } from '../../../src/catalogue/products/views/fold-views.queue';
import { oldViews } from '../../../src/catalogue/products/views/old-views.queue';
import { systemContext } from '../../../src/context/system-context';
import { unitOfWork } from '../../../src/database/transaction/unit-of-work';
import { send } from '../../../src/jobs';
import { prepareQueues } from '../../../src/jobs/prepare-queues';
import { makeProduct } from '../../factories/products';
import { runJobs } from '../../jobs/support/run-jobs';
import { useShop } from '../../support/use-shop';

const { shop, manager } = useShop({ manager: 'admin' });

beforeAll(() => prepareQueues(shop.env.MIGRATION_DATABASE_URL ?? '', [foldedViews, oldViews], { log: () => undefined, waitMs: 10_000 }));

const view = async (id: string, headers: Record<string, string> = {}) =>
  (await shop.call('post', `/v1/products/${id}/views`, { headers })).status;
const read = (id: string, headers: Record<string, string> = {}) => shop.call('get', `/v1/products/${id}`, { headers });
const written = async (id: string) => {
  await flushViews(shop.sequelize);
  const [row] = await shop.query<{ views: string }>('SELECT sum(view_count) AS views FROM product_views WHERE product_id = $1::uuid', [id]);
  return Number(row?.views ?? 0);
};
const run = async (queue: typeof foldedViews) => {
  await unitOfWork(systemContext(shop, 'test', 'A test'), (tx) => send(tx, queue, {}));
  await runJobs(shop, [queue]);
};

test('counts views, and shows them on the product without making an edit of them', async () => {
  const id = await makeProduct(shop, manager);
  const before = await read(id);
  expect(await Promise.all(Array.from({ length: 25 }, () => view(id)))).toEqual(Array(25).fill(202));
  expect(await written(id)).toBe(25);
  expect((await read(id)).body).toEqual(before.body);
  await run(foldedViews);
  await run(foldedViews);
  const after = await read(id, { 'If-None-Match': String(before.headers.etag) });
  expect(after.status).toBe(200);
  expect(after.body).toEqual({ ...before.body, viewCount: 25 });
  expect(after.headers.etag).not.toBe(before.headers.etag);
  expect((await read(id, { 'If-None-Match': String(after.headers.etag) })).status).toBe(304);
  expect(await shop.query('SELECT action FROM audit_logs WHERE record_id = $1::uuid', [id])).toEqual([{ action: 'CREATE' }]);
  const edit = { token: manager.token, body: { name: 'Edited' }, headers: { 'If-Match': String(before.headers.etag) } };
  expect((await shop.call('patch', `/v1/products/${id}`, edit)).body).toMatchObject({ name: 'Edited', version: 2, viewCount: 25 });
});

test('loses no view that comes while another process writes, or while they are added to the product', async () => {
  const ids = await Promise.all([1, 2, 3].map(() => makeProduct(shop, manager)));
  const writeAlone = (id: string) =>
    shop.query(
      `INSERT INTO product_views (id, product_id, day, view_count) VALUES (uuid_v7(), $1::uuid, (now() AT TIME ZONE 'UTC')::date, 7)
       ON CONFLICT (product_id, day) DO UPDATE SET view_count = product_views.view_count + 7`,
      [id],
    );
  for (let round = 0; round < 4; round += 1) {
    await Promise.all([...ids.map((id) => view(id)), ...ids.map(writeAlone), run(foldedViews), flushViews(shop.sequelize)]);
  }
  await flushViews(shop.sequelize);
  await run(foldedViews);
  for (const id of ids) expect((await read(id)).body.viewCount).toBe(4 * 8);
});

test('counts no bot, no draft, nothing unknown, and a repeated request once', async () => {
  const id = await makeProduct(shop, manager);
  const draft = await makeProduct(shop, manager, { status: 'draft' });
  expect(await view(id, { 'User-Agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' })).toBe(202);
  expect([await view(draft), await view('01890a5d-ac96-774b-bcce-b302099a8057'), await view('chai')]).toEqual([202, 202, 400]);
  const key = { 'Idempotency-Key': 'a-view-that-is-repeated' };
  expect([await view(id, key), await view(id, key)]).toEqual([202, 202]);
  expect([await written(id), await written(draft)]).toEqual([1, 0]);
});

test('deletes the daily views of long ago, and the product keeps them', async () => {
  const id = await makeProduct(shop, manager);
  await shop.query(
    `INSERT INTO product_views (id, product_id, day, view_count)
     SELECT uuid_v7(), $1::uuid, (now() AT TIME ZONE 'UTC')::date - ago, ago FROM unnest(ARRAY[3, 58, 61]) AS ago`,
    [id],
  );
  await shop.query('UPDATE product_views SET folded_count = view_count WHERE product_id = $1::uuid AND view_count = 61', [id]);
  await run(oldViews);
  expect((await read(id)).body.viewCount).toBe(61);
  expect(await shop.query('SELECT view_count FROM product_views WHERE product_id = $1::uuid ORDER BY day', [id])).toEqual([
    { view_count: '58' },
    { view_count: '3' },
  ]);
});

test('lists the most popular products first, and pages through them', async () => {
  const ids = [await makeProduct(shop, manager), await makeProduct(shop, manager), await makeProduct(shop, manager)];
  for (const [index, id] of ids.entries())
    await shop.query('UPDATE products SET popularity = $2 WHERE id = $1::uuid', [id, 10 * index + 10]);
  const page = async (query: string) => (await shop.call('get', `/v1/products?limit=2&${query}`)).body;
  const first = await page('sort=popular');
  expect(first.data.map((product: { id: string }) => product.id)).toEqual([ids[2], ids[1]]);
  expect((await page(`sort=popular&cursor=${first.pagination.nextCursor}`)).data[0]).toMatchObject({ id: ids[0] });
  const last = await page('sort=-popular');
  expect(last.data.some(({ id }: { id: string }) => ids.includes(id))).toBe(false);
});
