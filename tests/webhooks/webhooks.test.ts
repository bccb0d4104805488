import type { Claimed } from '../../src/webhooks/worker/claim.statement';
import { deliveredStatement, failedStatement } from '../../src/webhooks/worker/record.statement';
import { behindLock } from '../support/behind-lock';
import { useShop } from '../support/use-shop';

const { shop, admin, auditor } = useShop({ admin: 'admin', auditor: 'auditor' });
const HOOK = { url: 'https://receiver.example/hooks', eventTypes: ['orders.*'], description: 'The warehouse.' };

const make = (body: object = HOOK) => shop.call('post', '/v1/webhooks', { token: admin.token, body });
const patch = (id: string, body: object) => shop.call('patch', `/v1/webhooks/${id}`, { token: admin.token, body });
const read = (id: string) => shop.call('get', `/v1/webhooks/${id}`, { token: auditor.token });
const rotate = (id: string, body: object = {}) => shop.call('post', `/v1/webhooks/${id}/rotate-secret`, { token: admin.token, body });
const countOf = async () => (await shop.query<{ n: number }>('SELECT count(*)::int AS n FROM webhooks'))[0]?.n;

test('shows the secret at the creation, and never again', async () => {
  const made = await make();
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ ...HOOK, status: 'active', pausedReason: null, version: 1 });
  expect(made.body.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  const { secret, ...shown } = made.body;
  expect((await read(made.body.id)).body).toEqual(shown);
  const [row] = await shop.query<object>('SELECT * FROM webhooks WHERE id = $1::uuid', [made.body.id]);
  const log = await shop.query<object>('SELECT * FROM audit_logs WHERE record_id = $1::uuid', [made.body.id]);
  expect(log).toHaveLength(1);
  expect(JSON.stringify([row, log])).not.toContain(secret.slice(6));
  expect(JSON.stringify(log)).toContain('"secret":"[secret]"');
});

test('rotates the secret with an overlap, and without one', async () => {
  const { id, secret } = (await make()).body;
  const first = await rotate(id);
  expect(first.status).toBe(200);
  expect(first.body.secret).not.toBe(secret);
  const hours = (
    await shop.query<{ h: number }>('SELECT extract(epoch FROM overlap_ends_at - now()) / 3600 AS h FROM webhooks WHERE id = $1', [id])
  )[0];
  expect(Number(hours?.h)).toBeCloseTo(24, 1);
  expect((await rotate(id, { overlapHours: 0 })).status).toBe(200);
  expect((await read(id)).body).toMatchObject({ overlapEndsAt: null, version: 3 });
  expect((await rotate(id, { overlapHours: 721 })).body).toMatchObject({ status: 422, errors: [{ pointer: '/overlapHours' }] });
});

test('pauses with a reason, and resumes', async () => {
  const { id } = (await make()).body;
  expect((await patch(id, { status: 'paused' })).body).toMatchObject({ status: 'paused', pausedReason: 'Paused by hand.' });
  expect((await patch(id, { status: 'active' })).body).toMatchObject({ status: 'active', pausedReason: null, pausedAt: null });
});

test.each([
  ['not a url at all', 'must be a URL'],
  ['http://receiver.example/', 'must begin with https://'],
  ['ftp://receiver.example/', 'must begin with https://'],
  ['https://user:pass@receiver.example/', 'must hold no user name'],
  ['https://receiver.example/#part', 'must have no fragment'],
  ['https://receiver.example:25/', 'must have no port'],
  ['https://127.0.0.1/', 'must not point into'],
  ['https://0x7f.1/', 'must not point into'],
  ['https://2130706433/', 'must not point into'],
  ['https://169.254.169.254/latest', 'must not point into'],
  ['https://[::1]/', 'must not point into'],
  ['https://[::ffff:10.0.0.1]/', 'must not point into'],
  ['https://[64:ff9b::a00:1]/', 'must not point into'],
])('refuses the URL %s, and changes nothing', async (url, message) => {
  const { id } = (await make()).body;
  const before = await countOf();
  for (const refused of [await make({ ...HOOK, url }), await patch(id, { url })]) {
    expect(refused.body).toMatchObject({ status: 422, code: 'invalid_body', errors: [{ pointer: '/url' }] });
    expect(refused.body.detail).toContain(message);
  }
  expect(await countOf()).toBe(before);
  expect((await read(id)).body).toMatchObject({ url: HOOK.url, version: 1 });
});

test('stores an international name in ASCII', async () => {
  expect((await make({ ...HOOK, url: 'https://bücher.example/ä' })).body.url).toBe('https://xn--bcher-kva.example/%C3%A4');
});

test('refuses event types that are no pattern, name no event, none at all, and unknown fields', async () => {
  const before = await countOf();
  for (const eventTypes of [[], ['orders'], ['*.paid'], ['orders.*', 'Orders.paid'], ['orders.eaten'], ['dragons.*']])
    expect((await make({ ...HOOK, eventTypes })).body).toMatchObject({ status: 422, code: 'invalid_body' });
  const unknown = (await make({ ...HOOK, eventTypes: ['orders.*', 'orders.eaten'] })).body;
  expect(unknown.errors).toMatchObject([{ pointer: '/eventTypes/1', code: 'unknown_type' }]);
  expect(unknown.detail).toContain('orders.paid');
  expect((await make({ ...HOOK, secret: 'mine' })).body).toMatchObject({ status: 422, errors: [{ pointer: '/secret' }] });
  expect(await countOf()).toBe(before);
});

test.each(['fails', 'arrives'])('locks its cursor before its deliveries where an attempt %s, as a resumption does', async (how) => {
  const { id: webhookId } = (await make()).body;
  await shop.query('UPDATE webhook_cursors SET failing_since = now() WHERE id = $1::uuid', [webhookId]);
  const [delivery] = await shop.query<{ id: string; claimId: string }>(
    `INSERT INTO webhook_deliveries (id, webhook_id, event_id, event_type, object_type, object_id, position, due_at, claim_id)
     VALUES (uuid_v7(), $1::uuid, $1 || '-created', 'tags.created', 'tags', uuid_v7(), 1, now(), uuid_v7()) RETURNING id, claim_id AS "claimId"`,
    [webhookId],
  );
  const claimed = { ...delivery, webhookId, retryCount: 0 } as unknown as Claimed;
  const outcome = { error: 'timed_out', message: 'Too slow.', status: null, retryAfterSeconds: 0 } as const;
  const { text, values } = how === 'fails' ? failedStatement(claimed, outcome, 1, 1_000) : deliveredStatement(claimed, outcome, 1);
  const resumption = {
    sql: 'UPDATE webhook_cursors SET failing_since = NULL WHERE id = $1::uuid',
    values: [webhookId],
    meanwhile: async () => void (await shop.query('SELECT FROM webhook_deliveries WHERE id = $1::uuid FOR UPDATE NOWAIT', [delivery?.id])),
  };
  await behindLock(shop, resumption, () => shop.query(text, values));
  const [row] = await shop.query('SELECT status, attempt_count FROM webhook_deliveries WHERE id = $1::uuid', [delivery?.id]);
  expect(row).toEqual({ status: how === 'fails' ? 'pending' : 'delivered', attempt_count: 1 });
});

test('locks its cursor before a purge begins to delete it, so that a delivery that is being made can refer to it', async () => {
  const { id: webhookId } = (await make()).body;
  const fanOut = {
    sql: 'UPDATE webhook_cursors SET last_position = last_position + 1 WHERE id = $1::uuid',
    values: [webhookId],
    meanwhile: async () => void (await shop.query('SELECT FROM webhooks WHERE id = $1::uuid FOR KEY SHARE NOWAIT', [webhookId])),
  };
  const purge = () => shop.call('delete', `/v1/webhooks/${webhookId}?force=true`, { token: admin.token });
  expect((await behindLock(shop, fanOut, purge)).status).toBe(204);
  expect(await shop.query('SELECT FROM webhook_cursors WHERE id = $1::uuid', [webhookId])).toEqual([]);
});
