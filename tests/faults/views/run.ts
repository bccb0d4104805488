import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { withClient } from '../../../src/database/connection/open-client';
import { startEmbeddedServer } from '../../../src/embedded-postgres';
import { GROUND_SETTINGS, prepareGround } from '../prepare-ground';
import { ShopProcess } from '../shop-process';
import { type Viewed, viewUntilItFails } from './view-products';

const ROUNDS = 10;
const VIEWING_MS = [2_500, 4_500] as const;
/* Views are written once a second; the views of the second before may be on their way into the database. */
const MOST_LOST_MS = 2_000;

/** Runs `npm run test:views`: products are viewed while the process is killed or stopped, and the views that were answered are counted. */
async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'storekeeper-views-'));
  const closing: (() => Promise<unknown>)[] = [async () => rmSync(folder, { recursive: true, force: true })];
  try {
    const database = await startEmbeddedServer({ dataDir: join(folder, 'data'), log: () => undefined });
    closing.unshift(() => database.stop());
    const settings = {
      NODE_ENV: 'test',
      DATABASE_URL: database.applicationUrl,
      MIGRATION_DATABASE_URL: database.url,
      JWT_SECRET: 'the secret of one run of views, kept nowhere',
      DEMO_DATA: 'false',
      RATE_LIMIT: 'off',
      ...GROUND_SETTINGS,
    };
    const shop = await ShopProcess.start(settings, join(folder, 'shop.log'));
    closing.unshift(() => shop.end('SIGKILL'));
    const { products } = await prepareGround(shop.url);
    await withClient(database.url, async (owner) => {
      for (let round = 0; round < ROUNDS; round++) await trial(shop, owner, products, round % 2 === 0 ? 'SIGKILL' : 'SIGTERM');
    });
  } finally {
    for (const close of closing) await close();
  }
}

async function trial(shop: ShopProcess, owner: Client, products: readonly string[], signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  const before = await countOf(owner);
  const viewing = viewUntilItFails(shop.url, products);
  const [least, most] = VIEWING_MS;
  await delay(least + Math.random() * (most - least));
  const endedAt = performance.now();
  await shop.end(signal);
  const viewed = await viewing;
  const counted = (await countOf(owner)) - before;
  await shop.startAgain();
  report(signal, viewed, counted, endedAt);
}

/* The buffer is written whole, so what is lost is what was answered last. */
function report(signal: string, { answeredAt, sent }: Viewed, counted: number, endedAt: number): void {
  const lost = Math.max(0, answeredAt.length - counted);
  const lostMs = lost === 0 ? 0 : Math.round(endedAt - Number(answeredAt[answeredAt.length - lost]));
  const isRight = counted <= sent && (signal === 'SIGTERM' ? lost === 0 : lostMs <= MOST_LOST_MS);
  if (!isRight) process.exitCode = 1;
  const figures = { sent, answered: answeredAt.length, counted, lost, oldestLostMs: lostMs };
  process.stdout.write(`${isRight ? 'ok   ' : 'WRONG'} ${signal}: ${JSON.stringify(figures)}\n`);
}

async function countOf(owner: Client): Promise<number> {
  const { rows } = await owner.query<{ views: string }>('SELECT coalesce(sum(view_count), 0) AS views FROM product_views');
  return Number(rows[0]?.views);
}

void run();
