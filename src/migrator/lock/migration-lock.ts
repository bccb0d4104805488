import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { closeClient, openClient } from '../../database/connection/open-client';
import { terminateSessions, waitReport } from './lock-sessions';

/** The advisory lock of schema changes and seedings (7901 is the lock inside a seeding). */
export const MIGRATION_LOCK = 7_900;

const POLL_MS = 100;
const REPORT_MS = 5_000;

/** How a process waits for the lock. */
export interface LockWait {
  /** Receives a line about what the process waits for, at once and then every five seconds. */
  readonly log: (line: string) => void;
  /** The longest wait, in milliseconds. */
  readonly waitMs: number;
  /** Ends the wait, or the work under the lock. */
  readonly signal?: AbortSignal;
}

/** A held lock. */
export interface MigrationLock {
  /** The application name of its session, which the sessions of the work have, too. */
  readonly name: string;
  /** Aborted when the work has to end: by the caller's signal, or because the lock is lost. */
  readonly signal: AbortSignal;
}

/**
 * Runs the work under a lock that one process at a time can hold: sequelize-cli has no lock of its own, and two at once would run the
 * same migration twice. The lock ends with its session, so a killed process does not keep it. Throws where the wait takes too long.
 */
export async function withMigrationLock<T>(url: string, wait: LockWait, work: (lock: MigrationLock) => Promise<T>): Promise<T> {
  const { client, ...lock } = await takeMigrationLock(url, wait);
  try {
    return await work(lock);
  } finally {
    if (lock.signal.aborted) await endWork(url, lock, wait.log);
    await closeClient(client);
  }
}

/** Takes the lock for as long as the process runs, which the session does not keep alive; calls `onLost` where the lock is lost. */
export async function holdMigrationLock(url: string, wait: LockWait, onLost: (reason: Error) => void): Promise<void> {
  const { client, signal } = await takeMigrationLock(url, wait);
  signal.addEventListener('abort', () => onLost(signal.reason as Error), { once: true });
  // The type declarations of pg lack it.
  (client as Client & { unref(): void }).unref();
}

/*
 * A statement of an aborted work may still run on the server, and must not meet the next holder's: it is ended from a new session, because
 * the one of the lock may be lost. The caller throws the reason of the abort, so that a failure here is a line of the log.
 */
async function endWork(url: string, { name }: MigrationLock, log: LockWait['log']): Promise<void> {
  try {
    const client = await openClient(url, 'storekeeper-migrator');
    try {
      await terminateSessions(client, name);
    } finally {
      await closeClient(client);
    }
  } catch (error) {
    log(
      `The sessions "${name}" of the stopped work could not be ended (${error instanceof Error ? error.message : String(error)}). ` +
        'PostgreSQL rolls them back by itself; look for them in pg_stat_activity before you migrate again.',
    );
  }
}

async function takeMigrationLock(url: string, wait: LockWait): Promise<MigrationLock & { readonly client: Client }> {
  const name = `storekeeper-migrator ${process.pid}@${hostname().slice(0, 24)} ${randomBytes(3).toString('hex')}`;
  const client = await openClient(url, name);
  const lost = new AbortController();
  client.on('error', () => lost.abort(new Error('The connection that holds the migration lock is lost, so the work was stopped.')));
  const signal = AbortSignal.any([lost.signal, ...(wait.signal ? [wait.signal] : [])]);
  try {
    await pollLock(client, wait, signal);
    return { client, name, signal };
  } catch (error) {
    await closeClient(client);
    throw error;
  }
}

/*
 * Polls. A session that waits inside pg_advisory_lock() holds a snapshot, for which a CREATE INDEX CONCURRENTLY of the holder waits:
 * PostgreSQL sees no deadlock there, and both would wait until a timeout.
 */
async function pollLock(client: Client, { log, waitMs }: LockWait, signal: AbortSignal): Promise<void> {
  const since = performance.now();
  const waitedMs = () => performance.now() - since;
  for (let reportAt = 0; ; ) {
    signal.throwIfAborted();
    const { rows } = await client.query<{ free: boolean }>('SELECT pg_try_advisory_lock($1) AS free', [MIGRATION_LOCK]);
    if (rows[0]?.free) return;
    if (waitedMs() >= waitMs) throw new Error(await overdue(client, waitMs));
    if (waitedMs() >= reportAt) {
      log(`Waiting for another process that migrates or seeds the database: ${await waitReport(client, MIGRATION_LOCK)}`);
      reportAt = waitedMs() + REPORT_MS;
    }
    // Jitter, so that several waiters do not ask in step.
    await delay(POLL_MS * (1 + Math.random()), undefined, { signal });
  }
}

async function overdue(client: Client, waitMs: number): Promise<string> {
  const holder = await waitReport(client, MIGRATION_LOCK);
  return (
    `Another process has been migrating or seeding the database for longer than MIGRATION_WAIT_MS (${waitMs} ms): ${holder}. ` +
    'Wait until it has finished, or stop it, and start again.'
  );
}
