import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONTENDERS, type Contender, type Letter, startContender } from './contenders/contender';
import { contest, type Measurement } from './contest';
import { type BenchDatabase, openDatabase } from './database/open-database';
import { findPgbench, measurePgbench } from './database/pgbench';
import { duels } from './duel';
import { prepareGround } from './load/ground';
import { JOBS } from './load/jobs';
import { chooseDriver, type Driver } from './load/load';
import type { Run } from './report/run-facts';
import { median, summarise } from './report/summary';
import { svgReport } from './report/svg';
import { textReport } from './report/text';
import { readSettings, type Settings } from './settings';

/* Random, because a production start refuses a key that somebody thought of. */
const SECRET = randomBytes(48).toString('base64');
const STARTS = 5;

/** Runs `npm run bench`: database, contenders, rounds, report. It leaves only the report. */
async function run(): Promise<void> {
  const settings = readSettings(process.argv.slice(2), Object.keys(JOBS), [...Object.keys(CONTENDERS), 'pgbench']);
  const driver = chooseDriver(settings.driver);
  const folder = mkdtempSync(join(tmpdir(), 'storekeeper-bench-files-'));
  const interrupted = interruption();
  const contenders: Contender[] = [];
  let database: BenchDatabase | undefined;
  try {
    database = await openDatabase(settings.products, log, interrupted);
    await Promise.race([compete(database, contenders, settings, driver, folder), interrupted]);
  } finally {
    for (const contender of contenders) await contender.stop();
    await database?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/* Rejects at Ctrl-C, so that the run stops what it started. */
function interruption(): Promise<never> {
  const interrupted = new Promise<never>((_resolve, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => reject(new Error(`${signal}: what was made is removed.`)));
  });
  // It may reject while nothing awaits it.
  interrupted.catch(() => undefined);
  return interrupted;
}

async function compete(
  database: BenchDatabase,
  contenders: Contender[],
  settings: Settings,
  driver: Driver,
  folder: string,
): Promise<void> {
  const unpaid = { MAX_UNPAID_ORDERS_PER_ACCOUNT: 'off', MAX_UNPAID_UNITS_PER_ACCOUNT: 'off' };
  const noLimits = { RATE_LIMIT: '10000000', MAX_CONNECTIONS_PER_ADDRESS: '2000', ...unpaid };
  const urls = { DATABASE_URL: database.applicationUrl, MIGRATION_DATABASE_URL: database.url };
  const env = { ...urls, JWT_SECRET: SECRET, DEMO_DATA: 'false', ...noLimits, ADMIN_PASSWORD: SECRET };
  const startMs = await startTime(env, folder);
  for (const letter of settings.contenders.filter((name): name is Letter => name in CONTENDERS)) {
    contenders.push(await startContender(letter, env, join(folder, `${letter}.log`)));
  }
  const storekeeper = contenders.find(({ letter }) => letter === 's');
  if (!storekeeper) throw new Error('--contenders must name s: the others are measured beside it.');
  const ground = await prepareGround(storekeeper.url, SECRET, settings.products, log);
  const means = { driver, settings, folder, log, settle: database.settle };
  const measurements = await contest(contenders, ground, means);
  const fought = await duels(storekeeper, ground, means);
  measurements.push(...(await limits(database.url, settings, folder)));
  const facts = { settings, driver, node: process.versions.node, postgres: database.version, processors: processors() };
  report({ ...facts, startMs, duels: fought }, measurements);
}

/* The median of several starts: after a fill PostgreSQL is still busy with VACUUM. */
async function startTime(env: NodeJS.ProcessEnv, folder: string): Promise<number> {
  const times: number[] = [];
  for (let start = 1; start <= STARTS; start += 1) {
    const started = await startContender('s', env, join(folder, 'start.log'));
    await started.stop();
    times.push(started.firstAnswerMs);
    log(`start ${start} of ${STARTS}: ${Math.round(started.firstAnswerMs)} ms to the first 200`);
  }
  return median(times) ?? Number.NaN;
}

async function limits(url: string, settings: Settings, folder: string): Promise<Measurement[]> {
  const program = settings.contenders.includes('pgbench') ? findPgbench() : null;
  if (program === null) {
    log('pgbench is not measured: it is not installed, or was not asked for');
    return [];
  }
  const measured: Measurement[] = [];
  for (let round = 1; round <= settings.rounds; round += 1) {
    for (const job of settings.jobs) {
      const measurement = await measurePgbench(program, url, job, round, settings, folder);
      if (measurement) measured.push(measurement);
    }
  }
  return measured;
}

function report(facts: Run, measurements: readonly Measurement[]): void {
  const cells = summarise(measurements);
  const text = textReport(facts, cells);
  const { out } = facts.settings;
  mkdirSync(out, { recursive: true });
  const base = join(out, String(facts.settings.products));
  writeFileSync(`${base}.txt`, text);
  writeFileSync(`${base}.json`, `${JSON.stringify({ ...facts, cells, measurements }, null, 2)}\n`);
  writeFileSync(`${base}.svg`, svgReport(facts, cells));
  process.stdout.write(`\n${text}\nWritten: ${base}.txt, .json and .svg\n`);
}

function processors(): string {
  const all = cpus();
  return `${all.length} × ${all[0]?.model.trim() ?? 'unknown processor'}`;
}

function log(line: string): void {
  process.stderr.write(`${line}\n`);
}

run().catch((error: unknown) => {
  process.stderr.write(`\nThe bench did not finish: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
