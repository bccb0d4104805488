import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { withClient } from '../../../src/database/connection/open-client';
import { startEmbeddedServer } from '../../../src/embedded-postgres';
import { GROUND_SETTINGS } from '../prepare-ground';
import { ShopProcess } from '../shop-process';
import { randomMoves } from './random-moves';
import { TreeClient } from './tree-client';

const TAXONOMY = join(__dirname, 'data', 'taxonomy.csv.gz');

/** Runs `npm run test:tree`: a whole taxonomy is imported, read and moved, then moved about at random, and the tree must be whole. */
async function run(moves: number, clients: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'storekeeper-tree-'));
  const closing: (() => Promise<unknown>)[] = [async () => rmSync(folder, { recursive: true, force: true })];
  try {
    const database = await startEmbeddedServer({ dataDir: join(folder, 'data'), log: () => undefined });
    closing.unshift(() => database.stop());
    const shop = await ShopProcess.start(settingsOf(database.applicationUrl, database.url), join(folder, 'shop.log'));
    closing.unshift(() => shop.end('SIGKILL'));
    const client = await TreeClient.logIn(shop.url);
    await importTaxonomy(client);
    await moveAll(client);
    print('random moves', await timed(() => randomMoves(client, moves, clients)));
    const { isClean, counts } = await client.get('/v1/categories/integrity');
    print('integrity', { isClean, counts });
    await withClient(database.url, async (owner) => {
      const { rows } = await owner.query('SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()');
      print('deadlocks that PostgreSQL found', rows[0]);
    });
    if (!isClean) process.exitCode = 1;
  } finally {
    for (const close of closing) await close();
  }
}

function settingsOf(applicationUrl: string, ownerUrl: string): NodeJS.ProcessEnv {
  return {
    NODE_ENV: 'test',
    DATABASE_URL: applicationUrl,
    MIGRATION_DATABASE_URL: ownerUrl,
    JWT_SECRET: 'the secret of one run of the tree, kept nowhere',
    DEMO_DATA: 'false',
    RATE_LIMIT: 'off',
    STATEMENT_TIMEOUT_MS: '60000',
    ...GROUND_SETTINGS,
  };
}

async function importTaxonomy(client: TreeClient): Promise<void> {
  const file = gunzipSync(readFileSync(TAXONOMY)).toString();
  print('import', await timed(() => client.import(file)));
  print('whole tree', await timed(async () => ({ topLevel: (await client.get<{ data: unknown[] }>('/v1/categories/tree')).data.length })));
}

/* Below one category, and from there below another and back. */
async function moveAll(client: TreeClient): Promise<void> {
  const tops = (await client.get<{ data: { id: string }[] }>('/v1/categories/tree?depth=0')).data;
  const [all, other] = [await client.create('Everything'), await client.create('Elsewhere')];
  for (const { id } of tops) await client.move(id, { parentId: all });
  for (const parentId of [other, null, other, null]) {
    print('move of the whole taxonomy', await timed(async () => ({ status: (await client.move(all, { parentId })).status })));
  }
}

async function timed(work: () => Promise<object>): Promise<object> {
  const startedAt = performance.now();
  const result = await work();
  return { ...result, milliseconds: Math.round(performance.now() - startedAt) };
}

function print(what: string, figures: unknown): void {
  process.stdout.write(`${what}: ${JSON.stringify(figures)}\n`);
}

const { values } = parseArgs({ options: { moves: { type: 'string', default: '10000' }, clients: { type: 'string', default: '8' } } });
void run(Number(values.moves), Number(values.clients));
