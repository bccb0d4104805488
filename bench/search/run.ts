import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { startEmbeddedServer } from '../../src/embedded-postgres';
import { migrate } from '../../src/migrator/migrate';
import { ShopProcess } from '../../tests/faults/shop-process';
import { fillCatalogue } from './fill';
import { byHand, QUERIES, queryOf } from './queries';

/*
 * npm run bench:search -- --products=1000000 --folder=/data/bench
 *
 * Fills a shop of its own (once, where a folder is given), and asks each query over HTTP and by hand in turn. Prints the median and the 95th
 * percentile in milliseconds, and the load of the machine.
 */
const { values: given } = parseArgs({
  options: {
    products: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '40' },
    folder: { type: 'string' },
    plans: { type: 'boolean', default: false },
  },
});

const WARM_UP = 8;

async function main(): Promise<void> {
  const folder = given.folder ?? mkdtempSync(join(tmpdir(), 'bench-search-'));
  const server = await startEmbeddedServer({ dataDir: folder, log: print, settings: { max_wal_size: '8GB', checkpoint_timeout: '1h' } });
  const url = new URL(server.superuserUrl);
  url.pathname = new URL(server.url).pathname;
  const client = new Client({ connectionString: url.href });
  try {
    await migrate(server.url, { log: print, waitMs: 60_000 });
    await client.connect();
    const { rows } = await client.query<{ empty: boolean }>('SELECT NOT EXISTS (SELECT FROM products) AS empty');
    if (rows[0]?.empty) await fillCatalogue(client, Number(given.products), print);
    await measure(client, server);
  } finally {
    await client.end();
    if (given.folder === undefined) {
      await server.remove();
      rmSync(folder, { recursive: true, force: true });
    } else await server.stop();
  }
}

async function measure(client: Client, server: { url: string; applicationUrl: string }): Promise<void> {
  const log = join(mkdtempSync(join(tmpdir(), 'bench-search-log-')), 'shop.log');
  const settings = {
    DATABASE_URL: server.applicationUrl,
    MIGRATION_DATABASE_URL: server.url,
    RATE_LIMIT: 'off',
    LOG_LEVEL: 'warn',
    DEMO_DATA: 'false',
  };
  const shop = await ShopProcess.start(
    { ...settings, DATA_DIR: mkdtempSync(join(tmpdir(), 'bench-search-data-')), MAX_EVENT_LOOP_LAG_MS: 'off' },
    log,
  );
  try {
    print(`query | found | HTTP p50 | p95 | by hand p50 | p95 | load`);
    for (const query of QUERIES) {
      const overHttp: number[] = [];
      const hand: number[] = [];
      let found = '';
      for (let round = -WARM_UP; round < Number(given.rounds); round += 1) {
        const startedAt = performance.now();
        const response = await fetch(`${shop.url}/v1/products?${queryOf(query)}`);
        const body = (await response.json()) as { data?: unknown[]; search?: { matchedBy: string; isTruncated: boolean } };
        const taken = performance.now() - startedAt;
        found = `${body.data?.length ?? response.status} ${body.search?.matchedBy ?? ''}${body.search?.isTruncated ? ' (truncated)' : ''}`;
        const { text, values } = byHand(query);
        const handAt = performance.now();
        await client.query(text, [...values]);
        if (round < 0) continue;
        overHttp.push(taken);
        hand.push(performance.now() - handAt);
      }
      const [load = 0] = loadavg();
      print([query.name, found, ...quantiles(overHttp), ...quantiles(hand), load.toFixed(1)].join(' | '));
      if (given.plans) await printPlan(client, byHand(query).text, byHand(query).values);
    }
  } finally {
    await shop.end('SIGTERM');
  }
}

async function printPlan(client: Client, text: string, values: readonly unknown[]): Promise<void> {
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN (ANALYZE, BUFFERS) ${text}`, [...values]);
  for (const row of rows) print(`  ${row['QUERY PLAN']}`);
}

function quantiles(times: readonly number[]): string[] {
  const sorted = [...times].sort((one, other) => one - other);
  return [0.5, 0.95].map((share) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1));
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

void main();
