import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { clusterFolder } from '../cluster/cluster-record';
import { postgresEnvironment } from '../cluster/create-cluster';
import type { RunAs } from './run-as';
import { postmasterState } from './stop-orphans';

const START_MS = 60_000;
const STOP_MS = 30_000;
const LOG_BYTES_MAX = 5_000_000;
const MIB = 2 ** 20;
const MIN_CACHE_MIB = 128;
const MAX_CACHE_MIB = 2_048;

/** Settings of PostgreSQL by name. */
export type PostgresSettings = Readonly<Record<string, string | number>>;

/** What a start of PostgreSQL needs. */
export interface PostmasterStart {
  program: string;
  home: string;
  /** Where PostgreSQL's log goes. */
  dataDir: string;
  port: number;
  user: RunAs | undefined;
  /** Settings of PostgreSQL in place of the usual ones. */
  settings: PostgresSettings;
}

/**
 * Starts PostgreSQL on the cluster and answers its process once it takes connections. Throws, with the end of its log, where it ends
 * before or takes longer than a minute.
 */
export async function startPostmaster(start: PostmasterStart): Promise<ChildProcess> {
  const cluster = clusterFolder(start.home);
  const logFile = join(start.dataDir, 'postgres.log');
  const isLong = (statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES_MAX;
  const log = openSync(logFile, isLong ? 'w' : 'a', 0o600);
  // A session of its own: Ctrl-C in a terminal goes to the whole group, and the requests in flight still need the database.
  const child = spawn(start.program, ['-D', cluster, ...serverSettings(start.port, start.settings)], {
    ...start.user,
    cwd: start.home,
    env: postgresEnvironment(),
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const failed = new Promise<never>((_resolve, reject) => child.once('error', reject));
  await Promise.race([ready(child, cluster, logFile), failed]);
  return child;
}

/**
 * Stops PostgreSQL by its fast shutdown, which rolls open transactions back and writes everything out. One that does not end (a fast
 * shutdown that meets a crash recovery may wait for ever) is ended at once; its next start recovers.
 */
export function stopPostmaster(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const impatience = setTimeout(() => child.kill('SIGQUIT'), STOP_MS);
    child.once('exit', () => {
      clearTimeout(impatience);
      resolve();
    });
    child.kill('SIGINT');
  });
}

/** Answers the port where it is free on loopback, else a free one. */
export async function freePort(wanted: number): Promise<number> {
  return (await bound(wanted)) ?? (await bound(0)) ?? wanted;
}

async function ready(child: ChildProcess, cluster: string, logFile: string): Promise<void> {
  const end = Date.now() + START_MS;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`PostgreSQL did not start. Its log ends with:\n${tail(logFile)}`);
    const state = postmasterState(cluster);
    if (state?.pid === child.pid && state?.ready) return;
    if (Date.now() > end) {
      child.kill('SIGINT');
      throw new Error(`PostgreSQL did not start within a minute. Its log ends with:\n${tail(logFile)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/**
 * How much PostgreSQL keeps in its own memory: an eighth of the machine's (in bytes), from 128 MB to 2 GB; half of what is advised for a
 * machine that it has for itself (https://www.postgresql.org/docs/current/runtime-config-resource.html). It takes it only as it reads. What
 * does not fit is copied from the system's cache at each read, which a page at depth of a large catalogue feels (docs/performance.md).
 */
export function cacheSettings(memory = memoryBytes()): PostgresSettings {
  const own = Math.min(Math.max(Math.floor(memory / MIB / 8), MIN_CACHE_MIB), MAX_CACHE_MIB);
  return { shared_buffers: `${own}MB`, effective_cache_size: `${own * 4}MB` };
}

function tail(logFile: string): string {
  return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-5).join('\n');
}

function bound(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(undefined));
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}

/** What PostgreSQL is started with: reachable on loopback only, sized for a small machine that also runs the API and its tests. */
function serverSettings(port: number, others: PostgresSettings): string[] {
  const settings: PostgresSettings = {
    listen_addresses: '127.0.0.1',
    port,
    // A socket in a shared folder would be a second way in, and its path is limited to about a hundred bytes.
    unix_socket_directories: '',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Details of an error, and the statement that met it, hold customers' values.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    max_connections: 100,
    ...cacheSettings(),
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    max_wal_size: '1GB',
    random_page_cost: 1.1,
    jit: 'off',
    // Three standing worker processes are not worth their memory here.
    io_method: 'sync',
    max_parallel_workers_per_gather: 1,
    ...others,
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/* Of the machine, or of the container where that has less. */
function memoryBytes(): number {
  return Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
}
