import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { startEmbeddedServer } from '../../../src/embedded-postgres';
import { ProjectProcess } from '../../startup/support/project-process';
import { ShopProcess } from '../shop-process';
import { judge } from './judge';

const SETTINGS = {
  NODE_ENV: 'test',
  LOG_LEVEL: 'warn',
  RATE_LIMIT: 'off',
  DEMO_DATA: 'false',
  JWT_SECRET: 'nOr/SuuisSsEJk0n1/ij4fUUmcLk0rWNvgqsk+e/Z9KN69ZI',
  ADMIN_EMAIL: 'admin@storekeeper.example',
  ADMIN_PASSWORD: 'correct horse battery',
  WEBHOOK_HTTP: 'on',
  WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
  WEBHOOK_RETRY_DELAYS_S: Array(60).fill('1').join(','),
};
const HOOKS = 2;
const TAGS = 40;
const CHANGES = 24;
const SHOP_KILLS = 6;
const RECEIVER_KILLS = 12;
const PORT = 38_471;

type Call = (method: string, path: string, body: object) => Promise<Record<string, string>>;

/** Runs `npm run test:webhooks`: a receiver that fails a third of the time and is killed, and two shops of which one at a time is killed. */
async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'storekeeper-webhooks-'));
  const journal = join(folder, 'journal');
  const server = await startEmbeddedServer({ dataDir: folder, log: () => undefined });
  const client = new Client({ connectionString: server.url });
  const settings = { ...SETTINGS, DATABASE_URL: server.url, DATA_DIR: folder };
  const shops: ShopProcess[] = [];
  let receiver: ProjectProcess | undefined;
  try {
    for (const name of ['first', 'second']) shops.push(await ShopProcess.start(settings, join(folder, name)));
    await client.connect();
    const call = await signedIn(shops);
    const secrets: string[] = [];
    for (let hook = 0; hook < HOOKS; hook += 1)
      secrets.push(
        String((await call('POST', '/v1/webhooks', { url: `http://127.0.0.1:${PORT}/${hook}`, eventTypes: ['tags.*'] })).secret),
      );
    const receive = async () => {
      receiver = new ProjectProcess({}, [
        '--require',
        'tsx/cjs',
        'tests/faults/webhooks/receiver-process.ts',
        String(PORT),
        journal,
        ...secrets,
      ]);
      await receiver.until('receives');
    };
    await receive();
    const startedAt = performance.now();
    await Promise.all([
      write(call),
      killNowAndThen(SHOP_KILLS, 6_000, async (n) => {
        await shops[n % 2]?.end('SIGKILL');
        await shops[n % 2]?.startAgain();
      }),
      killNowAndThen(RECEIVER_KILLS, 2_500, async () => {
        await receiver?.stop('SIGKILL');
        await receive();
      }),
    ]);
    print(`written and killed within ${seconds(startedAt)} s: ${SHOP_KILLS} kill -9 of a shop, ${RECEIVER_KILLS} of the receiver`);
    const expected = await eventsOf(client);
    await until(async () => (await delivered(client)) === expected.length * HOOKS, 240_000);
    const verdict = judge(journal, HOOKS, expected);
    print(`${expected.length} events for ${HOOKS} webhooks, all delivered after ${seconds(startedAt)} s: ${JSON.stringify(verdict)}`);
    print(`attempts: ${JSON.stringify(await attemptsOf(client))}`);
    const { unverified, outOfOrder, doubled, missing } = verdict;
    if (unverified + outOfOrder + doubled + missing > 0)
      throw new Error('BREACH: a message is missing, doubled, unsigned or out of order.');
    await latency(call, client);
  } finally {
    for (const shop of shops) await shop.end('SIGKILL');
    await receiver?.stop('SIGKILL');
    await client.end();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/* A call is repeated under its key, at the one shop or the other, until it is answered. */
async function signedIn(shops: readonly ShopProcess[]): Promise<Call> {
  let token = '';
  const call: Call = async (method, path, body) => {
    const key = randomUUID();
    for (let n = 0; n < 400; n += 1) {
      const url = `${shops[n % shops.length]?.url}${path}`;
      const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': key, ...(token && { Authorization: `Bearer ${token}` }) };
      const answer = await fetch(url, { method, headers, body: JSON.stringify(body) }).catch(() => null);
      if (answer?.ok) return (await answer.json()) as Record<string, string>;
      if (answer && answer.status < 500 && answer.status !== 409) throw new Error(`${method} ${path}: ${await answer.text()}`);
      await delay(100);
    }
    throw new Error(`${method} ${path} was never answered.`);
  };
  const { accessToken = '' } = await call('POST', '/v1/auth/login', { email: SETTINGS.ADMIN_EMAIL, password: SETTINGS.ADMIN_PASSWORD });
  token = accessToken;
  return call;
}

async function write(call: Call): Promise<void> {
  await Promise.all(
    Array.from({ length: TAGS }, async (_, n) => {
      const { id } = await call('POST', '/v1/tags', { name: `Tag ${n}` });
      for (let change = 1; change <= CHANGES; change += 1) {
        await call('PATCH', `/v1/tags/${id}`, { name: `Tag ${n}, change ${change}` });
        await delay(Math.random() * 800);
      }
    }),
  );
}

async function killNowAndThen(times: number, everyMs: number, kill: (n: number) => Promise<void>): Promise<void> {
  for (let n = 0; n < times; n += 1) {
    await delay(everyMs * (0.5 + Math.random()));
    await kill(n);
  }
}

async function eventsOf(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id || CASE action WHEN 'CREATE' THEN '-created' ELSE '-updated' END AS id FROM audit_logs WHERE table_name = 'tags'`,
  );
  return rows.map(({ id }) => id);
}

async function delivered(client: Client): Promise<number> {
  const { rows } = await client.query<{ n: number }>(`SELECT count(*)::int AS n FROM webhook_deliveries WHERE status = 'delivered'`);
  return rows[0]?.n ?? 0;
}

async function attemptsOf(client: Client): Promise<unknown> {
  const { rows } = await client.query(
    `SELECT coalesce(error, 'delivered') AS outcome, count(*)::int AS n FROM webhook_attempts GROUP BY 1 ORDER BY 2 DESC`,
  );
  return Object.fromEntries(rows.map(({ outcome, n }) => [outcome, n]));
}

/* From the commit to the delivery, with no attempt before it that failed. */
async function latency(call: Call, client: Client): Promise<void> {
  const from = new Date();
  for (let n = 0; n < 20; n += 1) {
    await call('POST', '/v1/tags', { name: `Late ${n}` });
    await delay(500 + Math.random() * 500);
  }
  await delay(5_000);
  const { rows } = await client.query(
    `SELECT count(*)::int AS n, round(percentile_cont(0.5) WITHIN GROUP (ORDER BY ms)) AS median, round(max(ms)) AS max FROM (
       SELECT 1000 * extract(epoch FROM d.finished_at - a.occurred_at) AS ms FROM webhook_deliveries d JOIN audit_logs a ON a.id = left(d.event_id, 36)::uuid
       WHERE a.occurred_at >= $1 AND d.status = 'delivered' AND d.attempt_count = 1) AS late`,
    [from],
  );
  print(`from commit to delivery at the first attempt, in milliseconds: ${JSON.stringify(rows[0])}`);
}

async function until(isDone: () => Promise<boolean>, withinMs: number): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await isDone())) {
    if (performance.now() > end) throw new Error(`BREACH: not all was delivered within ${withinMs} ms.`);
    await delay(200);
  }
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1_000).toFixed(0);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
