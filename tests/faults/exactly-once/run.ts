import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbeddedServer } from '../../../src/embedded-postgres';
import { type Cut, ProtocolProxy } from '../../support/protocol-proxy';
import { GROUND_SETTINGS, prepareGround } from '../prepare-ground';
import { ShopProcess } from '../shop-process';
import { EffectTable, FAULTS, type Fault } from './effect-table';
import { ask, type Stage, trial } from './trial';
import { WRITES } from './writes';

const SETTINGS = {
  NODE_ENV: 'test',
  JWT_SECRET: 'the secret of one run of faults, kept nowhere',
  DEMO_DATA: 'false',
  JOBS: 'off',
  LOG_LEVEL: 'silent',
  RATE_LIMIT: 'off',
  MAX_UNPAID_ORDERS_PER_ACCOUNT: 'off',
  MAX_UNPAID_UNITS_PER_ACCOUNT: 'off',
  ...GROUND_SETTINGS,
};

type Counts = Readonly<Record<Fault, number>>;

/** Runs `npm run test:exactly-once`: each write with a fault at each message of the protocol, and again with its key. */
async function run(counts: Counts): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'storekeeper-once-'));
  const closing: (() => Promise<unknown>)[] = [async () => rmSync(folder, { recursive: true, force: true })];
  const table = new EffectTable();
  try {
    const server = await startEmbeddedServer({ dataDir: join(folder, 'data'), log: () => undefined });
    closing.unshift(() => server.stop());
    const witness = await ShopProcess.start({ ...SETTINGS, DATABASE_URL: server.url }, join(folder, 'witness.log'));
    closing.unshift(() => witness.end('SIGKILL'));
    const proxy = await ProtocolProxy.before(server.url);
    closing.unshift(() => proxy.close());
    const victim = await ShopProcess.start({ ...SETTINGS, DATABASE_URL: proxy.url, DB_POOL_MAX: '1' }, join(folder, 'victim.log'));
    closing.unshift(() => victim.end('SIGKILL'));
    const database = Object.assign(new URL(server.superuserUrl), { pathname: new URL(server.url).pathname }).href;
    const ground = await prepareGround(witness.url);
    await ask(database, 'UPDATE products SET stock_quantity = 1000000');
    const stage: Stage = { ground, victim: victim.url, witness: witness.url, proxy, database };
    for (const fault of FAULTS) await repeat(fault, counts[fault], stage, victim, table);
  } finally {
    process.stdout.write(table.text());
    for (const close of closing) await close();
  }
  if (table.breaches > 0) process.exitCode = 1;
}

async function repeat(fault: Fault, count: number, stage: Stage, victim: ShopProcess, table: EffectTable): Promise<void> {
  const steps = Object.keys(WRITES).map((kind) => ({ kind, side: 'client' as Cut['side'], message: 1 }));
  for (let done = 0, turn = 0; done < count; turn += 1) {
    const step = steps[turn % steps.length] as (typeof steps)[number];
    const { kind, side, message } = step;
    const result = await trial(stage, kind, { side, message, onCut: await faultOf(fault, stage, victim) });
    if (result === null) {
      Object.assign(step, { side: side === 'client' ? 'server' : 'client', message: 1 });
      continue;
    }
    if (fault === 'process killed') {
      await victim.end('SIGKILL');
      await victim.startAgain();
    }
    table.add({ fault, kind, side, message }, result);
    step.message += 1;
    done += 1;
    if (done % 100 === 0) log(`${fault}: ${done} of ${count}`);
  }
}

async function faultOf(fault: Fault, { database }: Stage, victim: ShopProcess): Promise<() => void> {
  if (fault === 'connection cut') return () => undefined;
  if (fault === 'process killed') return () => void victim.end('SIGKILL');
  // The postmaster ends all sessions and recovers, as after a crash.
  const [backend] = await ask<{ pid: number }>(database, "SELECT pid FROM pg_stat_activity WHERE application_name = 'storekeeper' LIMIT 1");
  return () => void (backend && process.kill(backend.pid, 'SIGKILL'));
}

function log(line: string): void {
  process.stderr.write(`${line}\n`);
}

const { values } = parseArgs({
  options: {
    cuts: { type: 'string', default: '1800' },
    kills: { type: 'string', default: '200' },
    crashes: { type: 'string', default: '24' },
  },
});

run({ 'connection cut': Number(values.cuts), 'process killed': Number(values.kills), 'PostgreSQL killed': Number(values.crashes) }).catch(
  (error: unknown) => {
    log(`\nThe trials were not run to the end: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    process.exitCode = 1;
  },
);
