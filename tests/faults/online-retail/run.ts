import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createGunzip } from 'node:zlib';
import { MemoryCurve } from '../../../bench/transfer/memory-curve';
import { withClient } from '../../../src/database/connection/open-client';
import { startEmbeddedServer } from '../../../src/embedded-postgres';
import { GROUND_SETTINGS } from '../prepare-ground';
import { ShopProcess } from '../shop-process';
import { type Books, booksOf, difference, totalOf } from './books';
import { BOOKS_OF_SHOP, type BookRow, STANDING } from './books-of-shop';

/*
 * npm run test:online-retail -- --file=online-retail.csv.gz
 *
 * Imports the Online Retail data set into a shop of its own, twice, and proves that what went in and what was refused are the sums of the
 * file: quantity and amount of sales and of refunds, by month and country. Prints rows, orders, time, rate and memory.
 */
async function run(file: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'storekeeper-online-retail-'));
  const closing: (() => Promise<unknown>)[] = [async () => rmSync(folder, { recursive: true, force: true })];
  try {
    const database = await startEmbeddedServer({ dataDir: join(folder, 'data'), log: () => undefined });
    closing.unshift(() => database.stop());
    const shop = await ShopProcess.start(settingsOf(database.applicationUrl, database.url), join(folder, 'shop.log'));
    closing.unshift(() => shop.end('SIGKILL'));
    const given = await booksOf(textOf(file));
    const token = await logIn(shop);
    const report = await importFile(shop, token, file);
    const refused = await booksOf(Readable.fromWeb((await request(shop, token, `/v1/imports/${report.id}/refused`)).body as never));
    await withClient(database.url, async (owner) => {
      const { rows } = await owner.query<BookRow>(BOOKS_OF_SHOP);
      const imported: Books = new Map(
        rows.map(({ key, rows: count, quantity, amount }) => [key, { rows: Number(count), quantity: Number(quantity), amount }]),
      );
      for (const [what, books] of Object.entries({ file: given, imported, refused })) print(what, totalOf(books));
      const differences = difference(given, [imported, refused]);
      print('months, countries and kinds whose sums differ', differences);
      print('standing', (await owner.query(STANDING)).rows[0]);
      if (differences.length > 0) process.exitCode = 1;
    });
    await importFile(shop, token, file);
  } finally {
    for (const close of closing) await close();
  }
}

function settingsOf(applicationUrl: string, ownerUrl: string): NodeJS.ProcessEnv {
  return {
    NODE_ENV: 'test',
    DATABASE_URL: applicationUrl,
    MIGRATION_DATABASE_URL: ownerUrl,
    JWT_SECRET: 'the secret of one run of the import, kept nowhere',
    DEMO_DATA: 'false',
    RATE_LIMIT: 'off',
    ...GROUND_SETTINGS,
  };
}

async function logIn(shop: ShopProcess): Promise<string> {
  const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = GROUND_SETTINGS;
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(`${shop.url}/v1/auth/login`, { method: 'POST', headers, body: JSON.stringify({ email, password }) });
  return ((await response.json()) as { accessToken: string }).accessToken;
}

interface Report {
  readonly id: string;
  readonly status: string;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly errors: readonly unknown[];
}

async function importFile(shop: ShopProcess, token: string, file: string): Promise<Report> {
  const memory = new MemoryCurve(shop.pid);
  const startedAt = performance.now();
  const sent = await request(shop, token, '/v1/orders/import?layout=online-retail', {
    method: 'POST',
    headers: { 'Content-Type': 'text/csv', Prefer: 'respond-async' },
    body: Readable.toWeb(textOf(file)) as never,
    duplex: 'half',
  } as RequestInit);
  let report = (await sent.json()) as Report;
  while (report.status === 'running') {
    await delay(500);
    report = (await (await request(shop, token, `/v1/imports/${report.id}`)).json()) as Report;
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  const { status, created, updated, unchanged, failed, errors } = report;
  const rows = created + updated + unchanged + failed;
  print('import', {
    status,
    rows,
    created,
    updated,
    unchanged,
    failed,
    seconds: Math.round(seconds),
    rowsPerSecond: Math.round(rows / seconds),
  });
  print('memory of the server in MiB', memory.end());
  if (status !== 'done') throw new Error(JSON.stringify(errors.slice(-1)));
  return report;
}

async function request(shop: ShopProcess, token: string, path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(shop.url + path, { ...init, headers: { ...init.headers, Authorization: `Bearer ${token}` } });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response;
}

function textOf(file: string): Readable {
  const stream = createReadStream(file);
  return file.endsWith('.gz') ? stream.pipe(createGunzip()) : stream;
}

function print(what: string, figures: unknown): void {
  process.stdout.write(`${what}: ${JSON.stringify(figures)}\n`);
}

const { values } = parseArgs({ options: { file: { type: 'string' } } });
if (values.file === undefined) throw new Error('Name the file: npm run test:online-retail -- --file=online-retail.csv.gz');
void run(values.file);
