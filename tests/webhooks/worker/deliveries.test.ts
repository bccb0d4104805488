import { systemContext } from '../../../src/context/system-context';
import { queryAll } from '../../../src/database/sql/statement';
import { unitOfWork } from '../../../src/database/transaction/unit-of-work';
import { send } from '../../../src/jobs';
import { eventCatalogue } from '../../../src/routes';
import { oldDeliveries } from '../../../src/webhooks/deliveries/records/old-deliveries.queue';
import { fanOut } from '../../../src/webhooks/feed/fan-out';
import { claimStatement } from '../../../src/webhooks/worker/claim.statement';
import { WebhookWorker } from '../../../src/webhooks/worker/webhook-worker';
import { runJobs } from '../../jobs/support/run-jobs';
import { useShop } from '../../support/use-shop';
import { HOOK_SETTINGS, hookCalls, passTime, sendAll } from '../support/hook-shop';
import { isSignedBy, Receiver } from '../support/receiver';

const { shop, admin, manager } = useShop({ admin: 'admin', manager: 'manager' }, { ...HOOK_SETTINGS, WEBHOOK_RETRY_DELAYS_S: '60,60' });
const receiver = new Receiver();
const hooks = hookCalls(shop, admin);
let hook: { id: string; secret: string };

beforeAll(() => receiver.open());
afterAll(() => receiver.close());
beforeEach(async () => {
  receiver.reset();
  hook = (await hooks.make({ url: receiver.url, eventTypes: ['tags.*'] })).body;
});
afterEach(() => hooks.remove(hook.id));

const ctx = () => systemContext(shop, 'test', 'A test');
let tags = 0;
const makeTag = async (): Promise<string> => {
  tags += 1;
  const made = await shop.call('post', '/v1/tags', { token: manager.token, body: { name: `Tag ${tags}` } });
  expect(made.status).toBe(201);
  return made.body.id;
};
const rename = async (id: string, name: string) =>
  expect((await shop.call('patch', `/v1/tags/${id}`, { token: manager.token, body: { name } })).status).toBe(200);
const deliveriesOf = async (query?: string) => (await hooks.deliveries(hook.id, query)).body.data;
const seen = () => receiver.received.map(({ event }) => [event.type, event.object.id]);

test('sends the events of its types, as the feed has them, signed, and once', async () => {
  const id = await makeTag();
  await shop.call('post', '/v1/categories', { token: manager.token, body: { name: 'Elsewhere' } });
  await sendAll(shop);
  await sendAll(shop);
  expect(seen()).toEqual([['tags.created', id]]);
  const [message] = receiver.received;
  if (!message) throw new Error('no message');
  const feed = await shop.call('get', '/v1/events?types=tags.*&limit=1000', { token: admin.token });
  expect(message.event).toEqual(feed.body.data.at(-1));
  expect(isSignedBy(hook.secret, message)).toBe(true);
  expect(isSignedBy('whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD', message)).toBe(false);
  const [delivery] = await deliveriesOf();
  expect(delivery).toMatchObject({ id: message.id, status: 'delivered', attemptCount: 1, statusCode: 204, lastError: null });
});

test('signs with both secrets during the overlap of a rotation, and with the new one alone without', async () => {
  const { secret } = (await hooks.rotate(hook.id)).body;
  await makeTag();
  await sendAll(shop);
  const second = (await hooks.rotate(hook.id, { overlapHours: 0 })).body.secret;
  await makeTag();
  await sendAll(shop);
  const signed = receiver.received.map((message) => [hook.secret, secret, second].map((one) => isSignedBy(one, message)));
  expect(signed).toEqual([
    [true, true, false],
    [false, false, true],
  ]);
});

test('keeps the order of an object while others go on, and sends the same message again', async () => {
  const [first, other] = [await makeTag(), await makeTag()];
  receiver.answer = (_req, res, count) => void res.writeHead(count === 1 ? 503 : 204).end();
  await rename(first, 'Renamed');
  await sendAll(shop);
  expect(seen()).toEqual([
    ['tags.created', first],
    ['tags.created', other],
  ]);
  const [pending] = await deliveriesOf('?status=pending&sort=createdAt');
  expect(pending).toMatchObject({ eventType: 'tags.created', attemptCount: 1, statusCode: 503, lastError: 'status' });
  await passTime(shop);
  await sendAll(shop);
  expect(seen().slice(2)).toEqual([
    ['tags.created', first],
    ['tags.updated', first],
  ]);
  expect(receiver.received[2]?.id).toBe(receiver.received[0]?.id);
  const attempts = (await hooks.attempts(hook.id, String(receiver.received[0]?.id))).body.data;
  expect(attempts).toMatchObject([
    { number: 2, statusCode: 204, error: null },
    { number: 1, statusCode: 503, error: 'status', message: 'The receiver answered 503.' },
  ]);
});

test('waits as long as Retry-After says, within bounds', async () => {
  receiver.answer = (_req, res) => void res.writeHead(503, { 'Retry-After': '7200' }).end();
  await makeTag();
  await sendAll(shop);
  const [{ dueAt }] = await deliveriesOf();
  expect((Date.parse(dueAt) - Date.now()) / 3_600_000).toBeCloseTo(2, 1);
});

test('gives up after the last attempt, lets the next one go, and delivers again on demand', async () => {
  receiver.answer = (_req, res) => void res.writeHead(500).end();
  const id = await makeTag();
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await passTime(shop);
    await sendAll(shop);
  }
  const [failed] = await deliveriesOf();
  expect(failed).toMatchObject({ status: 'failed', attemptCount: 3, statusCode: 500 });
  receiver.reset();
  await rename(id, 'Renamed again');
  await sendAll(shop);
  expect((await hooks.redeliver(hook.id, failed.id)).status).toBe(202);
  await shop.owner.transaction(async (transaction) => {
    // As while an attempt of it is recorded, which then locks the cursor.
    await shop.owner.query('SELECT FROM webhook_deliveries WHERE id = $1 FOR UPDATE', { bind: [failed.id], transaction });
    expect((await hooks.redeliver(hook.id, failed.id)).body).toMatchObject({ status: 409, code: 'delivery_pending' });
  });
  await sendAll(shop);
  expect(receiver.received.map(({ event }) => event.type)).toEqual(['tags.updated', 'tags.created']);
  expect(receiver.received[1]?.id).toBe(failed.id);
});

test('pauses a webhook that has failed for too long, and goes on where it stood when it is resumed', async () => {
  receiver.answer = (_req, res) => void res.writeHead(500).end();
  const id = await makeTag();
  await sendAll(shop);
  await shop.query(`UPDATE webhook_cursors SET failing_since = now() - interval '12 hours' WHERE id = $1::uuid`, [hook.id]);
  await passTime(shop);
  await sendAll(shop);
  const paused = (await hooks.read(hook.id)).body;
  expect(paused).toMatchObject({ status: 'paused', pausedReason: 'Every attempt of the last 12 hours failed. The receiver answered 500.' });
  const feed = await shop.call('get', '/v1/events?types=webhooks.paused', { token: admin.token });
  expect(feed.body.data).toMatchObject([{ object: { id: hook.id }, actor: 'system:webhooks' }]);
  await rename(id, 'While paused');
  receiver.reset();
  await passTime(shop);
  await sendAll(shop);
  expect(seen()).toEqual([]);
  await shop.query(`UPDATE webhook_deliveries SET due_at = now() + interval '1 hour', retry_count = 2 WHERE webhook_id = $1::uuid`, [
    hook.id,
  ]);
  expect((await hooks.patch(hook.id, { status: 'active' })).status).toBe(200);
  await sendAll(shop);
  expect(seen()).toEqual([
    ['tags.created', id],
    ['tags.updated', id],
  ]);
});

test('pauses a webhook at once whose receiver is gone', async () => {
  receiver.answer = (_req, res) => void res.writeHead(410).end();
  await makeTag();
  await sendAll(shop);
  expect((await hooks.read(hook.id)).body).toMatchObject({ status: 'paused', pausedReason: 'The receiver answered 410: it is gone.' });
  expect(await deliveriesOf()).toMatchObject([{ status: 'pending', statusCode: 410 }]);
});

test('sends a test the way of all others, once, also while paused', async () => {
  await hooks.patch(hook.id, { status: 'paused' });
  const [good, { body: bad }] = [(await hooks.test(hook.id)).body, await hooks.test(hook.id)];
  receiver.answer = (_req, res, count) => void res.writeHead(count === 1 ? 200 : 500).end();
  await sendAll(shop);
  expect(receiver.received).toHaveLength(2);
  expect(receiver.received[0]).toMatchObject({ event: { type: 'webhooks.test', object: { id: hook.id } } });
  expect(receiver.received.every((message) => isSignedBy(hook.secret, message))).toBe(true);
  const ended = await deliveriesOf();
  expect(ended.map(({ status }: { status: string }) => status).sort()).toEqual(['delivered', 'failed']);
  expect(ended.map(({ id }: { id: string }) => id).sort()).toEqual([good.id, bad.id].sort());
});

test('makes each delivery once, and sends it once, while several processes do so', async () => {
  const ids = [];
  for (let n = 0; n < 8; n += 1) ids.push(await makeTag());
  await Promise.all(ids.map((id) => rename(id, `Renamed ${id}`)));
  await Promise.all(Array.from({ length: 4 }, () => sendAll(shop)));
  await sendAll(shop);
  const orders = ids.map((id) => receiver.received.filter(({ event }) => event.object.id === id).map(({ event }) => event.type));
  expect(orders).toEqual(ids.map(() => ['tags.created', 'tags.updated']));
});

test('a webhook that fails, or has a long backlog, leaves the others their turns', async () => {
  const others = [(await hooks.make({ url: receiver.url, eventTypes: ['tags.*'] })).body.id];
  others.push((await hooks.make({ url: receiver.url, eventTypes: ['tags.*'] })).body.id);
  for (let n = 0; n < 5; n += 1) await makeTag();
  while (await fanOut(ctx(), eventCatalogue));
  // The first one's are the oldest, and the second one fails.
  await shop.query(`UPDATE webhook_deliveries SET due_at = now() - interval '1 hour' WHERE webhook_id = $1::uuid`, [hook.id]);
  await shop.query(`UPDATE webhook_cursors SET failing_since = now() - interval '1 minute' WHERE id = $1::uuid`, [others[0]]);
  const claimed = await queryAll<{ webhookId: string }>(ctx(), claimStatement(6));
  const counts = [hook.id, ...others].map((id) => claimed.filter(({ webhookId }) => webhookId === id).length);
  expect(counts).toEqual([3, 1, 2]);
  for (const id of others) await hooks.remove(id);
});

test('takes over the deliveries of a process that was killed, under the same id', async () => {
  await makeTag();
  await sendAll(shop);
  await shop.query(
    `UPDATE webhook_deliveries SET status = 'pending', finished_at = NULL, claim_id = gen_random_uuid(), due_at = now() + interval '30 seconds'
     WHERE webhook_id = $1::uuid`,
    [hook.id],
  );
  await sendAll(shop);
  expect(receiver.received).toHaveLength(1);
  await passTime(shop);
  await sendAll(shop);
  expect(receiver.received).toHaveLength(2);
  expect(receiver.received[1]?.id).toBe(receiver.received[0]?.id);
});

test('shows the deliveries of another webhook to nobody, and none of an unknown one', async () => {
  await makeTag();
  await sendAll(shop);
  const [delivery] = await deliveriesOf();
  const other = (await hooks.make({ url: receiver.url, eventTypes: ['orders.*'] })).body.id;
  expect((await hooks.attempts(other, delivery.id)).status).toBe(404);
  expect((await hooks.redeliver(other, delivery.id)).status).toBe(404);
  expect((await hooks.deliveries(delivery.id)).status).toBe(404);
  expect(await deliveriesOf()).toMatchObject([{ status: 'delivered' }]);
  await hooks.remove(other);
});

test('sends nothing to an address that is no longer allowed, and says why', async () => {
  await makeTag();
  await new WebhookWorker({ ...shop, env: { ...shop.env, WEBHOOK_ALLOWED_NETWORKS: '' } }, eventCatalogue).runOnce();
  expect(receiver.received).toEqual([]);
  const [delivery] = await deliveriesOf();
  expect(delivery).toMatchObject({ status: 'pending', lastError: 'url_refused', statusCode: null });
});

test('deletes deliveries 30 days after they ended, and none that is pending', async () => {
  await makeTag();
  await sendAll(shop);
  await makeTag();
  await new WebhookWorker({ ...shop, env: { ...shop.env, WEBHOOK_ALLOWED_NETWORKS: '' } }, eventCatalogue).runOnce();
  await shop.query(
    `UPDATE webhook_deliveries SET finished_at = finished_at - interval '31 days', created_at = created_at - interval '31 days'`,
  );
  await unitOfWork(systemContext(shop, 'test', ''), (tx) => send(tx, oldDeliveries, {}));
  await runJobs(shop, [oldDeliveries]);
  expect(await deliveriesOf()).toMatchObject([{ status: 'pending' }]);
});
