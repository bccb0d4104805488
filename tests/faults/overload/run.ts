import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbeddedServer } from '../../../src/embedded-postgres';
import type { Ground } from '../load';
import { GROUND_SETTINGS, prepareGround } from '../prepare-ground';
import { ShopProcess } from '../shop-process';
import { type Answers, type LoadRequest, offerLoad } from './offer-load';

const CONNECTIONS = 16;
/* More than may be in work at once. */
const MORE_CONNECTIONS = 400;
const TIMES = 10;
const JSON_TYPE = { 'content-type': 'application/json' };

/** Runs `npm run test:overload`: what the shop can serve, then ten times as much, and what each answer and each health check took. */
async function run(seconds: number, limits: NodeJS.ProcessEnv): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'storekeeper-overload-'));
  const closing: (() => Promise<unknown>)[] = [async () => rmSync(folder, { recursive: true, force: true })];
  try {
    const database = await startEmbeddedServer({ dataDir: join(folder, 'data'), log: () => undefined });
    closing.unshift(() => database.stop());
    const logFile = join(folder, 'shop.log');
    const shop = await ShopProcess.start({ ...settingsOf(database.url), ...limits }, logFile);
    closing.unshift(() => shop.end('SIGKILL'));
    const ground = await prepareGround(shop.url);
    await stockUp(shop.url, ground);
    for (const [name, requests] of Object.entries(loadsOf(ground))) await compare(shop.url, name, requests, seconds);
    const lines = readFileSync(logFile, 'utf8').split('\n');
    for (const line of lines.filter((text) => / (requests are refused|no longer overloaded)/.test(text))) process.stdout.write(`${line}\n`);
  } finally {
    for (const close of closing) await close();
  }
}

function settingsOf(databaseUrl: string): NodeJS.ProcessEnv {
  return {
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    JWT_SECRET: 'the secret of one run of overload, kept nowhere',
    DEMO_DATA: 'false',
    LOG_LEVEL: 'info',
    RATE_LIMIT: 'off',
    MAX_UNPAID_ORDERS_PER_ACCOUNT: 'off',
    MAX_UNPAID_UNITS_PER_ACCOUNT: 'off',
    MAX_CONNECTIONS_PER_ADDRESS: '2000',
    UV_THREADPOOL_SIZE: '16',
    ...GROUND_SETTINGS,
  };
}

/* More than a run can sell. */
async function stockUp(url: string, { products, administrator }: Ground): Promise<void> {
  const headers = { ...JSON_TYPE, authorization: `Bearer ${administrator}` };
  for (const productId of products) {
    const body = JSON.stringify({ quantity: 1_000_000, reason: 'restock' });
    const { ok } = await fetch(`${url}/v1/products/${productId}/stock`, { method: 'PUT', headers, body });
    if (!ok) throw new Error(`The stock of ${productId} could not be set.`);
  }
}

function loadsOf({ products, buyers }: Ground): Readonly<Record<string, readonly LoadRequest[]>> {
  const orders = products.map((productId, index): LoadRequest => {
    const headers = { ...JSON_TYPE, authorization: `Bearer ${buyers[index % buyers.length]?.token}` };
    const body = JSON.stringify({ items: [{ productId, quantity: 1 }], paymentMethod: 'external' });
    return { method: 'POST', path: '/v1/orders', headers, body };
  });
  const gets = (path: string): LoadRequest => ({ method: 'GET', path, headers: {} });
  return {
    orders,
    lists: [gets('/v1/products?include=category,images,tags')],
    reads: products.map((id) => gets(`/v1/products/${id}`)),
  };
}

async function compare(url: string, name: string, requests: readonly LoadRequest[], seconds: number): Promise<void> {
  const served = requests[0]?.method === 'POST' ? 201 : 200;
  await offerLoad({ url, requests, connections: CONNECTIONS, seconds: 3 });
  const normal = await probing(url, () => offerLoad({ url, requests, connections: CONNECTIONS, seconds }));
  print(`${name}, what ${CONNECTIONS} connections ask for`, normal, served);
  const requestsPerSecond = TIMES * (normal.answers.perSecond[served] ?? 1);
  const more = { url, requests, connections: MORE_CONNECTIONS, seconds, requestsPerSecond };
  print(`${name}, ${requestsPerSecond}/s offered`, await probing(url, () => offerLoad(more)), served);
}

interface Probed {
  readonly answers: Answers;
  readonly health: unknown;
}

async function probing(url: string, load: () => Promise<Answers>): Promise<Probed> {
  const probe = fork(join(__dirname, 'probe-health.ts'), [url], { execArgv: ['--require', 'tsx/cjs'] });
  // Its start would take long under the load.
  await once(probe, 'message');
  const answers = await load();
  probe.send('stop');
  const [health] = await once(probe, 'message');
  return { answers, health };
}

function print(title: string, { answers, health }: Probed, served: number): void {
  const times = [served, 503].map((status) => `${status}: p50 ${answers.p(status, 50)} ms, p99 ${answers.p(status, 99)} ms`).join('; ');
  process.stdout.write(
    `${title}\n  per second ${JSON.stringify(answers.perSecond)}, errors ${answers.errors}\n  ${times}\n  health ${JSON.stringify(health)}\n`,
  );
}

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '10' }, limit: { type: 'string', default: '256' } } });
const limits = values.limit === 'off' ? { MAX_EVENT_LOOP_LAG_MS: 'off' } : {};

run(Number(values.seconds), { ...limits, MAX_REQUESTS_IN_WORK: values.limit }).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
