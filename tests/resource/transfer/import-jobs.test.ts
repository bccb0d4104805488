import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { systemContext } from '../../../src/context/system-context';
import { unitOfWork } from '../../../src/database/transaction/unit-of-work';
import { oldImports } from '../../../src/resource/transfer/imports/jobs/old-imports.queue';
import { runSlice } from '../../../src/resource/transfer/imports/jobs/run-slice';
import { runJobs } from '../../jobs/support/run-jobs';
import { useShop } from '../../support/use-shop';
import { ASYNC, importCalls, rowsLike } from './support/import-calls';

const { shop, manager, buyer } = useShop({ manager: 'manager', buyer: 'customer' });

const { send, report, countOf } = importCalls(shop, manager);

test('a file of more rows than a client waits for is imported by jobs, as one change set', async () => {
  const { status, headers, body } = await send(
    '/v1/products/import',
    `sku,name,price\n${rowsLike(2_500, 'many')}\nmany-1200,Again,2.00\nbad,,\n`,
  );
  expect([status, headers.location, body.status]).toEqual([202, `/v1/imports/${body.id}`, 'running']);
  expect(await countOf('many')).toBe(0);
  await runJobs(shop);
  const done = await report(body.id);
  expect(done).toMatchObject({ status: 'done', created: 2_500, updated: 1, unchanged: 0, failed: 1, deferred: 0 });
  expect([done.readBytes, done.errors.map(({ line }: { line: number }) => line)]).toEqual([done.fileBytes, [2_503, 2_503]]);
  // It stands in the batch behind that of its first row, and both are written at once unless they share a product.
  expect(await shop.query("SELECT name, price FROM products WHERE sku = 'many-1200'")).toEqual([{ name: 'Again', price: '2.00' }]);
  const sets = await shop.query('SELECT DISTINCT change_set_id AS id, actor_id FROM audit_logs WHERE change_set_id = $1::uuid', [
    body.changeSetId,
  ]);
  expect(sets).toEqual([{ id: body.changeSetId, actor_id: manager.id }]);
});

test('children may stand before their parents, and circles and orphans are refused', async () => {
  const categories = gunzipSync(readFileSync(join(__dirname, 'data', 'categories.csv.gz')))
    .toString()
    .trim()
    .split('\n');
  const [header, ...rows] = categories;
  const file = [header, ...rows.reverse(), 'A,circle-a,circle-b', 'B,circle-b,circle-a', 'Orphan,orphan,nowhere'].join('\n');
  const { body } = await send('/v1/categories/import', file, ASYNC);
  await runJobs(shop);
  const done = await report(body.id);
  expect(done).toMatchObject({ status: 'done', created: rows.length, failed: 3, deferred: 0 });
  const [wrong] = await shop.query(
    `SELECT count(*)::int AS n FROM categories c JOIN categories p ON p.id = c.parent_id WHERE c.path <> p.path || c.id || '/'`,
  );
  expect(wrong).toEqual({ n: 0 });
}, 60_000);

test('returns refused rows as a file that is imported again once it is mended', async () => {
  const first = await send(
    '/v1/tags/import',
    'slug,name,Note\nmend-1,,=hidden\nmend-2,Fine,x\nmend-3\n'.replace(',Note', ',name_of_nobody'),
    {},
  );
  expect(first.status).toBe(422);
  const { body } = await send('/v1/tags/import?map=Note:', 'slug,name,Note\nmend-1,,"a, b"\nmend-2,Fine,x\nmend-3\n');
  const refused = await shop.call('get', `/v1/imports/${body.id}/refused`, { token: manager.token });
  expect(refused.text.split('\r\n')).toEqual([
    'slug,name,Note,_problem',
    'mend-1,,"a, b",name is required',
    'mend-3,,,"The row has 1 cells, and the header 3"',
    '',
  ]);
  const again = await send(
    '/v1/tags/import?map=Note:',
    refused.text.replaceAll('mend-1,', 'mend-1,One').replace('mend-3,', 'mend-3,Three'),
  );
  expect(again.body).toMatchObject({ created: 2, failed: 0 });
  expect((await shop.call('get', `/v1/imports/${body.id}/refused`, { token: buyer.token })).status).toBe(404);
});

test('continues behind the last batch that was committed, whatever failed in between', async () => {
  const { body } = await send('/v1/products/import', `sku,name,price\n${rowsLike(3_000, 'torn')}\n`);
  await shop.query(`CREATE FUNCTION break_import() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''broken''; END'`);
  await shop.query(
    `CREATE TRIGGER break_import BEFORE INSERT ON products FOR EACH ROW WHEN (NEW.sku = 'torn-1500') EXECUTE FUNCTION break_import()`,
  );
  await runJobs(shop);
  const torn = await report(body.id);
  expect([torn.status, torn.created, await countOf('torn')]).toEqual(['running', 999, 999]);
  await shop.query('DROP FUNCTION break_import CASCADE');
  await shop.query("UPDATE pgboss.job SET start_after = now() WHERE state = 'retry'");
  await runJobs(shop);
  expect([await report(body.id), await countOf('torn')]).toMatchObject([{ status: 'done', created: 3_000, failed: 0 }, 3_000]);
});

test('a job takes each row as what it turns out to be: a new product, or a change that may leave values out', async () => {
  await send('/v1/products/import', `sku,name,price\n${rowsLike(3, 'turn')}\n`);
  await send('/v1/categories/import', 'slug,name\nturn-category,Turned\n');
  const lines = [
    'turn-0,Renamed,,turn-category',
    'turn-new,New,2.00,turn-category',
    'turn-bad,No price,,turn-category',
    'turn-lost,Lost,3.00,nowhere',
    ' turn-1 ,turn 1,1.00,',
  ];
  const { body } = await send('/v1/products/import', `sku,name,price,categorySlug\n${lines.join('\n')}\n`, ASYNC);
  await runJobs(shop);
  const done = await report(body.id);
  expect(done).toMatchObject({ status: 'done', created: 1, updated: 1, unchanged: 1, failed: 2 });
  expect(done.errors.map(({ line, field, code }: Record<string, unknown>) => [line, field, code])).toEqual([
    [4, 'price', 'required'],
    [5, 'categorySlug', 'unknown_reference'],
  ]);
  const categories = await shop.query(
    "SELECT p.sku, p.name, c.slug FROM products p LEFT JOIN categories c ON c.id = p.category_id WHERE p.sku LIKE 'turn-%' ORDER BY p.sku",
  );
  expect(categories).toEqual([
    { sku: 'turn-0', name: 'Renamed', slug: 'turn-category' },
    { sku: 'turn-1', name: 'turn 1', slug: null },
    { sku: 'turn-2', name: 'turn 2', slug: null },
    { sku: 'turn-new', name: 'New', slug: 'turn-category' },
  ]);
});

test('imports and counts each row once where a batch is repeated after a lost race', async () => {
  await shop.query('CREATE SEQUENCE attempts');
  await shop.query(`CREATE FUNCTION lose_once() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS
    'BEGIN IF nextval(''attempts'') = 1 THEN RAISE ''lost'' USING ERRCODE = ''40001''; END IF; RETURN NEW; END'`);
  await shop.query(
    'CREATE TRIGGER lose_once BEFORE UPDATE ON imports FOR EACH ROW WHEN (NEW.created > OLD.created) EXECUTE FUNCTION lose_once()',
  );
  const { body } = await send('/v1/products/import', `sku,name,price\n${rowsLike(3, 'race')}\nrace-bad,,\n`, ASYNC);
  await runJobs(shop);
  expect([await report(body.id), await countOf('race')]).toMatchObject([{ status: 'done', created: 3, failed: 1, moreErrors: 0 }, 3]);
  expect((await shop.query<{ n: number }>('SELECT last_value::int AS n FROM attempts'))[0]?.n).toBe(2);
  await shop.query('DROP FUNCTION lose_once CASCADE');
});

test('two processes that have the same job import each row once', async () => {
  const { body } = await send('/v1/products/import', `sku,name,price\n${rowsLike(2_200, 'twice')}\n`);
  const ctx = { ...systemContext(shop, 'jobs:imports', 'test'), isBackground: true };
  const slices = [1, 2].map(() => runSlice(ctx, body.id, new AbortController().signal));
  const outcomes = await Promise.allSettled(slices);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect([await report(body.id), await countOf('twice')]).toMatchObject([
    { status: 'done', created: 2_200, updated: 0, unchanged: 0 },
    2_200,
  ]);
  await runJobs(shop);
  expect(await report(body.id)).toMatchObject({ status: 'done', created: 2_200, unchanged: 0 });
});

test('deletes files and refused rows after some days, and uploads that broke off', async () => {
  const { body } = await send('/v1/tags/import', 'slug,name\nkept-1,Kept\nkept-2,\n', ASYNC);
  await runJobs(shop);
  const kept = async () =>
    (
      await shop.query(
        'SELECT (SELECT count(*)::int FROM import_chunks WHERE import_id = $1) AS chunks, (SELECT count(*)::int FROM import_rows WHERE import_id = $1) AS rows',
        [body.id],
      )
    )[0];
  const clean = () =>
    unitOfWork(systemContext(shop, 'jobs:delete-old-imports', 'test'), async (tx) => {
      if (oldImports.transaction === 'managed')
        await oldImports.work(tx, { id: '', data: {}, attempt: 1, signal: new AbortController().signal });
    });
  await clean();
  expect(await kept()).toEqual({ chunks: 1, rows: 1 });
  await shop.query("UPDATE imports SET finished_at = now() - interval '4 days' WHERE id = $1", [body.id]);
  await clean();
  expect(await kept()).toEqual({ chunks: 0, rows: 1 });
  await shop.query("UPDATE imports SET finished_at = now() - interval '31 days' WHERE id = $1", [body.id]);
  await clean();
  expect(await kept()).toEqual({ chunks: 0, rows: 0 });
  expect(await report(body.id)).toMatchObject({ failed: 1, errors: [], moreErrors: 1 });
  const [brokenOff] = await shop.query<{ id: string }>(
    `INSERT INTO imports (id, resource, format, status, change_set_id, request_id, reason, created_at)
    VALUES (uuid_v7(), 'tags', 'csv', 'uploading', uuid_v7(), 'test', '', now() - interval '2 days') RETURNING id`,
  );
  await clean();
  expect((await shop.call('get', `/v1/imports/${brokenOff?.id}`, { token: manager.token })).status).toBe(404);
});
