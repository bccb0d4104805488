import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { type EmbeddedServer, startEmbeddedServer } from '../../src/embedded-postgres';
import type { Targets } from './faults';
import { Journal } from './journal';
import { GROUND_SETTINGS, prepareGround } from './prepare-ground';
import { report } from './report';
import { ShopProcess } from './shop-process';
import { TcpProxy } from './tcp-proxy';
import { underFaults } from './under-faults';
import { IDLE_IN_TRANSACTION_MS, verify } from './verify';

const SECRET = 'the secret of one run of faults, kept nowhere';

/** Runs `npm run test:faults`: two API processes, one PostgreSQL, mixed writes, faults in turn, and what the database says at the end. */
async function run(seconds: number, clients: number, signal: AbortSignal): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'storekeeper-faults-'));
  const closing: (() => Promise<unknown>)[] = [async () => rmSync(folder, { recursive: true, force: true })];
  try {
    log('Starting PostgreSQL and two API processes');
    const database = await startEmbeddedServer({ dataDir: join(folder, 'data'), log: () => undefined });
    closing.unshift(() => database.stop());
    const proxy = await TcpProxy.listen(Number(new URL(database.url).port));
    closing.unshift(() => proxy.close());
    const settings = settingsOf(database, proxy.port);
    const shops: ShopProcess[] = [];
    closing.unshift(() => Promise.all(shops.map((shop) => shop.end('SIGKILL'))));
    for (const name of ['one', 'two']) shops.push(await ShopProcess.start(settings, join(folder, `${name}.log`)));
    const [first, second] = shops as [ShopProcess, ShopProcess];
    const ground = await prepareGround(first.url);
    const superuserUrl = Object.assign(new URL(database.superuserUrl), { pathname: new URL(database.url).pathname }).href;
    const targets: Targets = { shops: [first, second], proxy, superuserUrl, hotProduct: ground.products[0] ?? '' };
    const journal = new Journal();
    const done = await underFaults(targets, ground, journal, { seconds, clients, signal, log });
    const client = new Client({ connectionString: superuserUrl });
    await client.connect();
    const verdict = await verify(client, journal).finally(() => client.end());
    process.stdout.write(report(journal, done, verdict));
    if (verdict.breaches.length > 0) process.exitCode = 1;
  } finally {
    for (const close of closing) await close();
  }
}

function settingsOf({ applicationUrl, url }: EmbeddedServer, proxyPort: number): NodeJS.ProcessEnv {
  const behindProxy = (direct: string) => Object.assign(new URL(direct), { port: String(proxyPort) }).href;
  const waits = {
    STATEMENT_TIMEOUT_MS: '4000',
    LOCK_TIMEOUT_MS: '2500',
    DB_POOL_ACQUIRE_TIMEOUT_MS: '2500',
    IDLE_IN_TRANSACTION_TIMEOUT_MS: `${IDLE_IN_TRANSACTION_MS}`,
  };
  // A buyer of the load has many orders open at once.
  const limits = { RATE_LIMIT: 'off', MAX_UNPAID_ORDERS_PER_ACCOUNT: 'off', MAX_UNPAID_UNITS_PER_ACCOUNT: 'off' };
  return {
    NODE_ENV: 'test',
    DATABASE_URL: behindProxy(applicationUrl),
    MIGRATION_DATABASE_URL: behindProxy(url),
    JWT_SECRET: SECRET,
    DEMO_DATA: 'false',
    LOG_LEVEL: 'silent',
    ...GROUND_SETTINGS,
    ...waits,
    ...limits,
  };
}

function log(line: string): void {
  process.stderr.write(`${line}\n`);
}

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interruption.abort());
const { values } = parseArgs({ options: { seconds: { type: 'string', default: '120' }, clients: { type: 'string', default: '24' } } });

run(Number(values.seconds), Number(values.clients), interruption.signal).catch((error: unknown) => {
  log(`\nThe faults were not run to the end: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  process.exitCode = 1;
});
