import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ShopProcess } from '../../tests/faults/shop-process';
import { cpuSeconds } from './cpu-seconds';
import { MemoryCurve } from './memory-curve';
import { writeProducts } from './products-file';

/*
 * npm run bench:transfer -- --rows=1000000
 * npm run bench:transfer -- --rows=0 --file=categories.csv --resource=categories
 * npm run bench:transfer -- --rows=100000 --kills=5
 *
 * Imports products into a shop of its own, or a file, and exports them again; prints rates, and the memory of the server's process. With
 * kills, the server is killed so many times in the meantime, and started again.
 */
const { values: given } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    kills: { type: 'string', default: '0' },
    file: { type: 'string' },
    resource: { type: 'string', default: 'products' },
    map: { type: 'string', default: '' },
  },
});

const ADMIN = { email: 'admin@example.com', password: 'a horse of another colour' };

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-transfer-'));
  const shop = await ShopProcess.start(
    {
      DATA_DIR: join(folder, 'data'),
      ADMIN_EMAIL: ADMIN.email,
      ADMIN_PASSWORD: ADMIN.password,
      RATE_LIMIT: 'off',
      LOG_LEVEL: 'warn',
      MALLOC_ARENA_MAX: '1',
      UV_THREADPOOL_SIZE: '16',
    },
    join(folder, 'shop.log'),
  );
  try {
    const rows = Number(given.rows);
    if (given.file) await importFile(shop, given.resource, given.file, false);
    if (rows > 0) {
      const path = join(folder, 'products.csv.gz');
      const bytes = await writeProducts(path, rows);
      print(`${rows} products, ${Math.round(bytes / 1e6)} MB as CSV`);
      await importFile(shop, 'products', path, true);
      await exportAll(shop, 'csv');
      await exportAll(shop, 'ndjson');
    }
  } finally {
    await shop.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
}

async function importFile(shop: ShopProcess, resource: string, path: string, isCompressed: boolean): Promise<void> {
  let memory = new MemoryCurve(shop.pid);
  const cpuBefore = cpuSeconds(shop.pid);
  const startedAt = performance.now();
  const response = await fetch(
    `${shop.url}/v1/${resource}/import${given.map && !isCompressed ? `?map=${encodeURIComponent(given.map)}` : ''}`,
    {
      method: 'POST',
      headers: {
        ...(await authorization(shop)),
        'Content-Type': 'text/csv',
        Prefer: 'respond-async',
        ...(isCompressed && { 'Content-Encoding': 'gzip' }),
      },
      body: Readable.toWeb(createReadStream(path)) as ReadableStream,
      duplex: 'half',
    } as RequestInit,
  );
  let report = (await response.json()) as Report;
  if (response.status !== 202) throw new Error(JSON.stringify(report));
  const uploadedS = (performance.now() - startedAt) / 1_000;
  let kills = Number(given.kills);
  while (report.status === 'running') {
    await delay(1_000);
    if (kills > 0 && report.readBytes > 0) {
      kills -= 1;
      memory.end();
      await shop.end('SIGKILL');
      await shop.startAgain();
      memory = new MemoryCurve(shop.pid);
      await delay(8_000);
    }
    report = (await (await fetch(`${shop.url}/v1/imports/${report.id}`, { headers: await authorization(shop) })).json()) as Report;
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  const { created, updated, unchanged, failed, status, errors } = report;
  const rows = created + updated + unchanged + failed;
  print(`import of ${resource}: ${status}, created ${created}, updated ${updated}, unchanged ${unchanged}, failed ${failed}`);
  print(`  ${seconds.toFixed(1)} s (file kept after ${uploadedS.toFixed(1)} s), ${Math.round(rows / seconds)} rows/s`);
  const cpu = cpuSeconds(shop.pid) - cpuBefore;
  if (given.kills === '0') print(`  CPU time of the process: ${cpu.toFixed(1)} s, ${Math.round((cpu * 1e6) / rows)} µs a row`);
  if (errors.length > 0) print(`  first error: ${JSON.stringify(errors[0])}`);
  printMemory(memory);
}

async function exportAll(shop: ShopProcess, format: string): Promise<void> {
  const memory = new MemoryCurve(shop.pid);
  const startedAt = performance.now();
  const response = await fetch(`${shop.url}/v1/products/export?format=${format}`, {
    headers: { ...(await authorization(shop)), 'Accept-Encoding': 'identity' },
  });
  let bytes = 0;
  let lines = 0;
  for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, at + 1)) lines += 1;
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  print(
    `export as ${format}: ${lines} lines, ${Math.round(bytes / 1e6)} MB in ${seconds.toFixed(1)} s, ${Math.round(lines / seconds)} lines/s`,
  );
  printMemory(memory);
}

interface Report extends Readonly<Record<'created' | 'updated' | 'unchanged' | 'failed' | 'readBytes', number>> {
  readonly id: string;
  readonly status: string;
  readonly errors: readonly unknown[];
}

let token: Promise<string> | undefined;
let tokenAt = Number.NEGATIVE_INFINITY;

/* An access token lives for some minutes only. */
async function authorization(shop: ShopProcess): Promise<Record<string, string>> {
  if (performance.now() - tokenAt > 120_000) {
    tokenAt = performance.now();
    token = fetch(`${shop.url}/v1/auth/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(ADMIN),
    }).then(async (response) => ((await response.json()) as { accessToken: string }).accessToken);
  }
  return { Authorization: `Bearer ${await token}` };
}

function printMemory(memory: MemoryCurve): void {
  const { points, highest } = memory.end();
  print(`  memory of the process in MiB: at most ${highest}; ${points.join(' ')}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
