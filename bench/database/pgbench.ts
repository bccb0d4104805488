import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { JSON_READS, ORDER_AT_ONCE } from '../contenders/statements';
import type { Measurement } from '../contest';
import type { Settings } from '../settings';
import { CUSTOMERS, idSql, momentSql } from './numbers';

const DEBIAN = '/usr/lib/postgresql';

/** Returns the path of pgbench, or null if it is not installed. */
export function findPgbench(): string | null {
  try {
    execFileSync('pgbench', ['--version'], { stdio: 'ignore' });
    return 'pgbench';
  } catch {
    // Debian installs it in a folder per version, which is not on the PATH.
  }
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).map((version) => join(DEBIAN, version, 'bin', 'pgbench')) : [];
  return versions.find((program) => existsSync(program)) ?? null;
}

/** A job for pgbench: variables with their ranges, and one statement. */
interface Script {
  readonly chances: Readonly<Record<string, readonly [from: number, to: number]>>;
  readonly statement: string;
}

/** The statements of (a+): what the database does without a server before it. */
const SCRIPTS: Readonly<Record<string, (products: number) => Script>> = {
  product: (products) => ({ chances: { n: [1, products] }, statement: JSON_READS.one.replace('$1', idSql('product', ':n::int')) }),
  page: () => ({ chances: {}, statement: JSON_READS.first }),
  deep: (products) => ({
    chances: { n: [1, products] },
    statement: JSON_READS.next.replace('$1::timestamptz', momentSql(':n::int')).replace('$2::uuid', idSql('product', ':n::int')),
  }),
  order: (products) => {
    const third = Math.floor(products / 3);
    const ids = ['x', 'y', 'z'].map((name) => idSql('product', `:${name}::int`)).join(', ');
    const made = `WITH made AS MATERIALIZED (SELECT gen_random_uuid() AS id, 'P-' || upper(right(gen_random_uuid()::text, 12)) AS number), demand`;
    return {
      chances: { x: [1, third], y: [third + 1, 2 * third], z: [2 * third + 1, products], u: [1, CUSTOMERS] },
      statement: ORDER_AT_ONCE.replace('WITH demand', made)
        .replaceAll('$1::uuid', '(SELECT id FROM made)')
        .replaceAll('$2::text', '(SELECT number FROM made)')
        .replace('$3::uuid', idSql('user', ':u::int'))
        .replace('$4::uuid[]', `ARRAY[${ids}]`)
        .replace('$5::int[]', 'ARRAY[1, 1, 1]'),
    };
  },
};

/* pgbench reads one command per line, and a statement up to its semicolon. */
function scriptText({ chances, statement }: Script): string {
  const commands = Object.entries(chances).map(([name, [from, to]]) => `\\set ${name} random(${from}, ${to})\n`);
  return `${commands.join('')}${statement.replace(/\s+/g, ' ')};\n`;
}

/** Measures one job with pgbench; null if only Storekeeper has it. */
export async function measurePgbench(
  program: string,
  url: string,
  job: string,
  round: number,
  settings: Settings,
  folder: string,
): Promise<Measurement | null> {
  const script = SCRIPTS[job];
  if (!script) return null;
  const file = join(folder, 'script.sql');
  writeFileSync(file, scriptText(script(settings.products)));
  const { hostname, port, username, password, pathname } = new URL(url);
  const { stdout } = await promisify(execFile)(
    program,
    ['-n', '-M', 'prepared', '-c', String(settings.connections), '-j', '1', '-T', String(settings.seconds), '-f', file],
    {
      env: {
        PATH: process.env.PATH,
        PGHOST: hostname,
        PGPORT: port,
        PGUSER: username,
        PGPASSWORD: password,
        PGDATABASE: pathname.slice(1),
        PGOPTIONS: '-c search_path=plain,public',
      },
    },
  );
  const rate = Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
  const failed = Number(/failed transactions: (\d+)/.exec(stdout)?.[1] ?? 0);
  const latency = Number(/latency average = ([\d.]+)/.exec(stdout)?.[1]);
  return {
    job,
    contender: 'pgbench',
    round,
    requestsPerSecond: rate,
    failed,
    p50: latency,
    p99: null,
    cpuMicrosecondsPerRequest: null,
    residentBytes: null,
  };
}
