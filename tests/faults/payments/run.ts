import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadEnv } from '../../../config/env';
import { systemContext } from '../../../src/context/system-context';
import { connect } from '../../../src/database/connection/connection';
import { startEmbeddedServer } from '../../../src/embedded-postgres';
import { createLogger } from '../../../src/logging/logger';
import { registerModels } from '../../../src/models';
import { FakeProvider } from '../../sales/payments/support/fake-provider';
import { GROUND_SETTINGS, prepareGround } from '../prepare-ground';
import { ShopProcess } from '../shop-process';
import { expiryKills } from './expiry-kills';
import { expiryRaces } from './expiry-races';
import { openDatabase, type Stage } from './stage';
import { webhookTable } from './webhook-table';

const OPENING_STOCK = 1_000_000;

interface Counts {
  readonly orders: number;
  readonly races: number;
  readonly expiring: number;
}

/** Runs `npm run test:payments`: the table of messages, expiry against payment, and expiry while processes are killed. */
async function run({ orders, races, expiring }: Counts): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'storekeeper-payments-'));
  const closing: (() => Promise<unknown>)[] = [async () => rmSync(folder, { recursive: true, force: true })];
  const provider = new FakeProvider();
  const settings = {
    NODE_ENV: 'test',
    JWT_SECRET: 'the secret of one run of payments, kept nowhere',
    DEMO_DATA: 'false',
    LOG_LEVEL: 'warn',
    RATE_LIMIT: 'off',
    MAX_UNPAID_ORDERS_PER_ACCOUNT: 'off',
    MAX_UNPAID_UNITS_PER_ACCOUNT: 'off',
    MAX_EVENT_LOOP_LAG_MS: 'off',
    PAYMENT_WEBHOOK_SECRET: provider.secret,
    ...GROUND_SETTINGS,
  };
  try {
    const server = await startEmbeddedServer({ dataDir: join(folder, 'data'), log: () => undefined });
    closing.unshift(() => server.stop());
    const start = async (name: string) => {
      const shop = await ShopProcess.start({ ...settings, DATABASE_URL: server.url }, join(folder, `${name}.log`));
      closing.unshift(() => shop.end('SIGKILL'));
      return shop;
    };
    const shops = [await start('first'), await start('second')] as const;
    const database = await openDatabase(Object.assign(new URL(server.superuserUrl), { pathname: new URL(server.url).pathname }).href);
    closing.unshift(() => database.end());
    const stage: Stage = { ground: await prepareGround(shops[0].url), urls: [shops[0].url, shops[1].url], database, provider };
    await database.query(`UPDATE products SET stock_quantity = ${OPENING_STOCK}`);
    const env = loadEnv({ ...settings, DATABASE_URL: server.url, MIGRATION_DATABASE_URL: server.url });
    const sequelize = connect(env);
    closing.unshift(() => sequelize.close());
    registerModels(sequelize);
    const log = createLogger({ ...env, LOG_LEVEL: 'silent' });
    const ctx = systemContext({ env, log, sequelize }, 'jobs:expire-orders', 'A race');
    let breaches = await webhookTable(stage, orders, print);
    breaches += await expiryRaces(stage, ctx, races, OPENING_STOCK, print);
    if (expiring > 0) await expiryKills(stage, shops, expiring, print);
    print(`breaches: ${breaches}`);
    if (breaches > 0) process.exitCode = 1;
  } finally {
    for (const close of closing) await close();
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '200' },
    races: { type: 'string', default: '10000' },
    expiring: { type: 'string', default: '200' },
  },
});

run({ orders: Number(values.orders), races: Number(values.races), expiring: Number(values.expiring) }).catch((error: unknown) => {
  process.stderr.write(`\nThe run did not come to its end: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
