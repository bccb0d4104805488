import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { clusterFolder } from '../cluster/cluster-record';
import { postgresEnvironment } from '../cluster/create-cluster';
import { spaceAdvice } from '../cluster/folder-error';
import { postmasterState } from './postmaster-state';
import type { RunAs } from './run-as';
import { type PostgresSettings, serverArguments } from './server-settings';

const START_MS = 60_000;
const POLL_MS = 10;
const SMART_MS = 1_000;
const FAST_SHARE = 0.8;
const LOG_BYTES_MAX = 5_000_000;
const TAIL_LINES = 5;

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

/** Starts PostgreSQL on the cluster, and returns its process before it accepts connections. */
export function spawnPostmaster(start: PostmasterStart): ChildProcess {
  const logFile = join(start.dataDir, 'postgres.log');
  const isLong = (statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES_MAX;
  const log = openSync(logFile, isLong ? 'w' : 'a', 0o600);
  // Detached: Ctrl-C in a terminal signals the whole process group, and requests in flight still need the database.
  const child = spawn(start.program, ['-D', clusterFolder(start.home), ...serverArguments(start.port, start.settings)], {
    ...start.user,
    cwd: start.home,
    env: postgresEnvironment(),
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  return child;
}

/**
 * Returns once PostgreSQL accepts connections. Throws, with the end of its log, where it exits first or takes longer than a minute, and
 * the signal's reason where that is aborted.
 */
export async function untilReady(child: ChildProcess, start: PostmasterStart, signal: AbortSignal | undefined): Promise<void> {
  const failed = new Promise<never>((_resolve, reject) => child.once('error', reject));
  await Promise.race([pollReady(child, start, signal), failed]);
}

/**
 * Stops PostgreSQL within the given milliseconds: first by its smart shutdown, for which other clients finish; then by its fast one, which
 * rolls back open transactions and writes a checkpoint; then by its immediate one, after which the next start recovers; at last it is
 * killed. https://www.postgresql.org/docs/current/server-shutdown.html
 */
export function stopPostmaster(child: ChildProcess, withinMs: number): Promise<void> {
  if (hasEnded(child)) return Promise.resolve();
  return new Promise((resolve) => {
    const steps = [
      setTimeout(() => child.kill('SIGINT'), Math.min(SMART_MS, withinMs / 4)),
      setTimeout(() => child.kill('SIGQUIT'), withinMs * FAST_SHARE),
      setTimeout(() => child.kill('SIGKILL'), withinMs),
    ];
    child.once('exit', () => {
      for (const step of steps) clearTimeout(step);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

/** Returns the last lines of PostgreSQL's log, with what to do where they tell of a full disk. */
export function logEnd(dataDir: string): string {
  const end = readFileSync(join(dataDir, 'postgres.log'), 'utf8').trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
  return `Its log ends with:\n${end}${spaceAdvice(end, dataDir)}`;
}

async function pollReady(child: ChildProcess, start: PostmasterStart, signal: AbortSignal | undefined): Promise<void> {
  const cluster = clusterFolder(start.home);
  const since = performance.now();
  for (;;) {
    signal?.throwIfAborted();
    if (hasEnded(child)) throw new Error(`PostgreSQL did not start. ${logEnd(start.dataDir)}`);
    const state = postmasterState(cluster);
    if (state?.pid === child.pid && state?.ready) return;
    if (performance.now() - since > START_MS) throw new Error(`PostgreSQL did not start within a minute. ${logEnd(start.dataDir)}`);
    await delay(POLL_MS);
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
