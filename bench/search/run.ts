import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { startEmbeddedServer } from '../../src/embedded-postgres';
import { migrate } from '../../src/migrator/migrate';
import { ShopProcess } from '../../tests/faults/shop-process';
import { fillCatalogue } from './fill';
import { measure } from './measure';
import { explainInLog, plansOf } from './plans';
import { type BenchQuery, QUERIES } from './queries';

/*
 * npm run bench:search -- --products=1000000 --folder=.data/bench-search
 *
 * Fills a shop of its own (once, where a folder is given, which keeps it), and asks each query over HTTP and by hand in turn. Prints the
 * median and the 95th percentile in milliseconds, and the load of the machine; with --plans how the shop's statements ran, too.
 */
const { values: given } = parseArgs({
  options: {
    products: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '40' },
    folder: { type: 'string' },
    queries: { type: 'string', default: '' },
    plans: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  const folder = given.folder ?? mkdtempSync(join(tmpdir(), 'bench-search-'));
  const settings = { max_wal_size: '8GB', checkpoint_timeout: '1h' };
  const server = await startEmbeddedServer({ dataDir: folder, log: print, settings, purpose: 'command' });
  const url = new URL(server.superuserUrl);
  url.pathname = new URL(server.url).pathname;
  const client = new Client({ connectionString: url.href });
  try {
    await migrate(server.url, { log: print, waitMs: 60_000 });
    await client.connect();
    const { rows } = await client.query<{ empty: boolean }>('SELECT NOT EXISTS (SELECT FROM products) AS empty');
    if (rows[0]?.empty) await fillCatalogue(client, Number(given.products), print);
    await client.query('CREATE EXTENSION IF NOT EXISTS pg_prewarm');
    await client.query(
      `SELECT pg_prewarm(oid) FROM pg_class WHERE relkind IN ('r', 'i', 't') AND relnamespace <> 'pg_catalog'::regnamespace`,
    );
    await inShop(server, (shop) => measure(client, shop.url, asked(), Number(given.rounds), print));
    if (given.plans) await explainInLog(client, () => inShop(server, (shop) => plansOf(folder, shop.url, asked(), print)));
  } finally {
    await client.end();
    if (given.folder === undefined) {
      await server.remove();
      rmSync(folder, { recursive: true, force: true });
    } else await server.stop();
  }
}

function asked(): readonly BenchQuery[] {
  const names = given.queries.split(';').filter(Boolean);
  return names.length === 0 ? QUERIES : QUERIES.filter(({ name }) => names.includes(name));
}

async function inShop(server: { url: string; applicationUrl: string }, work: (shop: ShopProcess) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-search-shop-'));
  const settings = {
    DATABASE_URL: server.applicationUrl,
    MIGRATION_DATABASE_URL: server.url,
    DATA_DIR: folder,
    RATE_LIMIT: 'off',
    LOG_LEVEL: 'warn',
    DEMO_DATA: 'false',
    MAX_EVENT_LOOP_LAG_MS: 'off',
  };
  const shop = await ShopProcess.start(settings, join(folder, 'shop.log'));
  try {
    await work(shop);
  } finally {
    await shop.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

void main();
