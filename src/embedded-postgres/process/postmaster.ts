import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { clusterFolder } from '../cluster/cluster-record';
import { postgresEnvironment } from '../cluster/create-cluster';
import { postmasterState } from './postmaster-state';
import type { RunAs } from './run-as';
import { type PostgresSettings, serverArguments } from './server-settings';

const START_MS = 60_000;
const STOP_MS = 30_000;
const LOG_BYTES_MAX = 5_000_000;

/** What a start of PostgreSQL needs. */
export interface PostmasterStart {
  program: string;
  home: string;
  /** The folder of PostgreSQL's log. */
  dataDir: string;
  port: number;
  user: RunAs | undefined;
  /** Settings of PostgreSQL that replace the defaults. */
  settings: PostgresSettings;
}

/**
 * Starts PostgreSQL on the cluster and returns its process once it accepts connections. Throws, with the end of its log, where it exits
 * first or takes longer than a minute.
 */
export async function startPostmaster(start: PostmasterStart): Promise<ChildProcess> {
  const cluster = clusterFolder(start.home);
  const logFile = join(start.dataDir, 'postgres.log');
  const isLong = (statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES_MAX;
  const log = openSync(logFile, isLong ? 'w' : 'a', 0o600);
  // Detached: Ctrl-C in a terminal signals the whole process group, and requests in flight still need the database.
  const child = spawn(start.program, ['-D', cluster, ...serverArguments(start.port, start.settings)], {
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
 * Stops PostgreSQL by its fast shutdown, which rolls back open transactions and writes a checkpoint. After 30 seconds, as a fast shutdown
 * during crash recovery may never end, it is stopped at once; its next start recovers.
 */
export function stopPostmaster(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timeout = setTimeout(() => child.kill('SIGQUIT'), STOP_MS);
    child.once('exit', () => {
      clearTimeout(timeout);
      resolve();
    });
    child.kill('SIGINT');
  });
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

function tail(logFile: string): string {
  return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-5).join('\n');
}
