import { withConnection } from '../../../src/database/sql/statement';
import { bossOn, databaseOn } from '../../../src/jobs/boss';
import { stoppedImportQueue } from '../../../src/resource/transfer/imports/jobs/import.queue';
import { signUp } from '../../factories/people';
import { runJobs } from '../../jobs/support/run-jobs';
import { behindLock } from '../../support/behind-lock';
import { type Shop, startShop } from '../../support/shop';
import { useShop } from '../../support/use-shop';
import { ASYNC, importCalls, rowsLike } from './support/import-calls';

const { shop, manager } = useShop({ manager: 'manager' });

let other: Shop;

beforeAll(async () => {
  other = await startShop({ DATABASE_URL: shop.env.DATABASE_URL });
});

afterAll(() => other.close());

const { send, report, countOf } = importCalls(shop, manager);

test('the same key and file is one import, now or by a job, and another request is refused', async () => {
  const key = { 'Idempotency-Key': 'import-key-0123456789' };
  const file = `sku,name,price\n${rowsLike(3, 'keyed')}\n`;
  const first = await send('/v1/products/import', file, key);
  const replayed = await send('/v1/products/import', file, key);
  expect([replayed.status, replayed.body, replayed.headers['idempotency-replayed']]).toEqual([200, first.body, 'true']);
  const before = await shop.query('SELECT (SELECT count(*) FROM imports) AS imports, (SELECT count(*) FROM audit_logs) AS changes');
  const others = [
    await send('/v1/products/import', `${file}x,y,1\n`, key),
    await send('/v1/products/import?map=Remark:', file, key),
    await send('/v1/categories/import?map=sku:slug,price:', file, key),
    await send('/v1/products/import', `sku,name,price\n${rowsLike(3, 'other')}\n`, { ...key, ...ASYNC }),
    await shop.call('post', '/v1/tags', { token: manager.token, headers: key, body: { name: 'Not made' } }),
  ];
  expect(others.map(({ body }) => [body.status, body.code])).toEqual(others.map(() => [422, 'idempotency_key_reused']));
  expect(await shop.query('SELECT (SELECT count(*) FROM imports) AS imports, (SELECT count(*) FROM audit_logs) AS changes')).toEqual(
    before,
  );
  const later = { ...ASYNC, 'Idempotency-Key': 'import-key-later-0123' };
  const begun = await send('/v1/products/import', `sku,name,price\n${rowsLike(5, 'later')}\n`, later);
  const twin = await send('/v1/products/import', `sku,name,price\n${rowsLike(5, 'later')}\n`, later);
  expect([begun.status, twin.status, twin.text]).toEqual([202, 202, begun.text]);
  await runJobs(shop);
  expect((await send('/v1/products/import', `sku,name,price\n${rowsLike(5, 'later')}\n`, later)).text).toBe(begun.text);
  expect([await report(begun.body.id), await countOf('later')]).toMatchObject([{ status: 'done', created: 5 }, 5]);
});

test.each<[string, Record<string, string>]>([
  ['at once', {}],
  ['by jobs', ASYNC],
])('of twins under one key that are sent at the same time, one imports %s, and the others are told to wait', async (how, headers) => {
  const key = { ...headers, 'Idempotency-Key': `twins-${how.replace(' ', '-')}-0123456789` };
  const prefix = `twin-${how.slice(0, 2)}`;
  const file = `sku,name,price\n${rowsLike(20, prefix)}\n`;
  const servers = [shop.server, other.server, shop.server, other.server];
  const twins = await Promise.all(servers.map((server) => send('/v1/products/import', file, key, server)));
  const first = twins.find(({ status }) => status < 300);
  for (const { status, text, body, headers: given } of twins) {
    if (status < 300) expect(text).toBe(first?.text);
    else expect([status, body.code, given['retry-after']]).toEqual([409, 'request_in_progress', '1']);
  }
  await runJobs(shop);
  expect(await report(first?.body.id)).toMatchObject({ status: 'done', created: 20, updated: 0, unchanged: 0 });
});

test('a file that arrives in another process makes its twin wait, until nothing has come of it for too long', async () => {
  const key = { ...ASYNC, 'Idempotency-Key': 'upload-elsewhere-012345' };
  const file = `sku,name,price\n${rowsLike(3, 'elsewhere')}\n`;
  const [{ id: elsewhere } = { id: '' }] = await shop.query<{ id: string }>(
    `INSERT INTO imports (id, resource, format, status, change_set_id, actor_id, request_id, reason, idempotency_key)
     VALUES (gen_random_uuid(), 'products', 'csv', 'uploading', gen_random_uuid(), $1::uuid, '', '', $2) RETURNING id`,
    [manager.id, key['Idempotency-Key']],
  );
  const twin = await send('/v1/products/import', file, key);
  expect([twin.body.status, twin.body.code, (await report(elsewhere)).status]).toEqual([409, 'request_in_progress', 'uploading']);
  await shop.query('ALTER TABLE imports DISABLE TRIGGER imports_stamp_time');
  await shop.query("UPDATE imports SET updated_at = now() - interval '31 seconds' WHERE id = $1::uuid", [elsewhere]);
  await shop.query('ALTER TABLE imports ENABLE TRIGGER imports_stamp_time');
  const again = await send('/v1/products/import', file, key);
  expect([again.status, (await report(elsewhere)).code]).toEqual([202, 'not_found']);
  await runJobs(shop);
  expect(await countOf('elsewhere')).toBe(3);
});

test('an import whose jobs fail for good says so, where and why, and continues there when it is sent again', async () => {
  const key = { 'Idempotency-Key': 'fails-for-good-0123456' };
  const file = `sku,name,price\n${rowsLike(2_100, 'fatal')}\n`;
  const { body } = await send('/v1/products/import', file, key);
  await shop.query(`CREATE FUNCTION break_import() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''broken''; END'`);
  await shop.query(
    `CREATE TRIGGER break_import BEFORE INSERT ON products FOR EACH ROW WHEN (NEW.sku = 'fatal-1500') EXECUTE FUNCTION break_import()`,
  );
  await shop.query("UPDATE pgboss.job SET retry_count = retry_limit WHERE name = 'imports' AND state = 'created'");
  await runJobs(shop);
  const failed = await report(body.id);
  expect(failed).toMatchObject({ status: 'failed', created: 999, errors: [{ line: 1_001, field: '', code: 'import_stopped' }] });
  expect(failed.finishedAt).not.toBeNull();
  await shop.query('DROP FUNCTION break_import CASCADE');
  expect((await send('/v1/products/import', file, key)).body.id).toBe(body.id);
  await runJobs(shop);
  expect(await report(body.id)).toMatchObject({ status: 'done', created: 2_100, updated: 0, unchanged: 0, errors: [] });
});

test('an import whose process is killed again and again is reported as failed, and one that another job continues is not', async () => {
  const { body } = await send('/v1/tags/import', 'slug,name\nkilled-1,Killed\n', ASYNC);
  const kill = () =>
    shop.query(
      `UPDATE pgboss.job SET state = 'active', retry_count = retry_limit, started_on = now() - interval '1 hour'
       WHERE name = 'imports' AND state = 'created' AND data->>'importId' = $1 RETURNING id`,
      [body.id],
    );
  expect(await kill()).toHaveLength(1);
  const boss = await bossOn(databaseOn((work) => withConnection(shop.sequelize, work)));
  await boss.expire();
  await shop.query(
    `INSERT INTO pgboss.job (name, data, dead_letter) VALUES ('imports', jsonb_build_object('importId', $1::text), 'stopped-imports')`,
    [body.id],
  );
  await runJobs(shop, [stoppedImportQueue]);
  expect((await report(body.id)).status).toBe('running');
  expect(await kill()).toHaveLength(1);
  await boss.expire();
  await runJobs(shop);
  expect(await report(body.id)).toMatchObject({ status: 'failed', created: 0, errors: [{ code: 'import_stopped' }] });
});

test('an import stops where whoever began it may no longer write, or is gone', async () => {
  const leaver = await signUp(shop, 'manager');
  const file = 'slug,name\nleaver-1,Leaver\n';
  const begun = await send('/v1/tags/import', file, { ...ASYNC, Authorization: `Bearer ${leaver.token}` });
  const purged = await send('/v1/tags/import', file, { ...ASYNC, Authorization: `Bearer ${leaver.token}` });
  await shop.query('UPDATE user_roles SET is_active = false WHERE user_id = $1::uuid', [leaver.id]);
  await shop.query('UPDATE imports SET actor_id = NULL WHERE id = $1::uuid', [purged.body.id]);
  await runJobs(shop);
  const all = await signUp(shop, 'admin');
  for (const { body } of [begun, purged]) {
    const { body: stopped } = await shop.call('get', `/v1/imports/${body.id}`, { token: all.token });
    expect(stopped).toMatchObject({ status: 'failed', created: 0, errors: [{ line: 1, code: 'import_stopped' }] });
    expect(stopped.errors[0].message).toContain('"tags:write"');
  }
  expect(await shop.query("SELECT FROM tags WHERE slug = 'leaver-1'")).toEqual([]);
});

test('a file of which a part is lost is never taken for done', async () => {
  const { body } = await send('/v1/tags/import', 'slug,name\nlost-1,Lost\n', ASYNC);
  await shop.query('DELETE FROM import_chunks WHERE import_id = $1::uuid', [body.id]);
  await shop.query("UPDATE pgboss.job SET retry_count = retry_limit WHERE name = 'imports' AND state = 'created'");
  await runJobs(shop);
  expect(await report(body.id)).toMatchObject({ status: 'failed', readBytes: 0 });
});

test('imports of waiting clients take turns, and those behind too many are told to come back', async () => {
  const file = (n: number) => `slug,name\nturns-${n},Turn ${n}\n`;
  const refused: number[] = [];
  let tell: () => void = () => undefined;
  const eight = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const importOne = async (_: unknown, n: number) => {
    const answer = await send('/v1/tags/import', file(n));
    if (answer.status !== 200 && refused.push(n) === 8) tell();
    return answer;
  };
  const lock = { sql: 'LOCK TABLE imports IN SHARE MODE', values: [], meanwhile: () => eight };
  const answers = await behindLock(shop, lock, () => Promise.all(Array.from({ length: 30 }, importOne)));
  const [busy, done] = [answers.filter(({ status }) => status === 503), answers.filter(({ status }) => status === 200)];
  expect([busy.length, done.length]).toEqual([8, 22]);
  for (const { body, headers } of busy) expect([body.code, headers['retry-after']]).toEqual(['busy', '1']);
  expect(await shop.query("SELECT FROM tags WHERE slug LIKE 'turns-%'")).toHaveLength(22);
});
