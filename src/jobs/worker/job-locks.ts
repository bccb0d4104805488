import { setTimeout as delay } from 'node:timers/promises';
import { backOff } from 'exponential-backoff';
import type { Client, QueryResult } from 'pg';
import { closeClient } from '../../database/connection/open-client';
import { JOBS_SCHEMA } from '../boss';

/** How long a run goes on without its lock, in milliseconds; other processes wait longer before they take the job (`lost-jobs.ts`). */
const RESTORE_MS = 1_500;
const TRY_EVERY_MS = 100;
const LOCK_LATER_MS = 500;
/* Another process that looks whether the lock is free has it for the length of a statement. */
const TRIES = 5;

/** The SQL of the number that the lock of a job has; its argument is the SQL of the job's id. */
export const lockNumber = (id: string): string => `hashtextextended(${id}::text, ${LOCK_SEED})`;

/* Apart from the locks of names (`database/locks.ts`), whose seed is 0. */
const LOCK_SEED = 7_004;

/** Which run of a job. */
export interface RunKey {
  readonly name: string;
  readonly id: string;
  readonly retryCount: number;
}

/** The lock that a run of a job has. */
export interface JobLock {
  /** Aborted when the lock is lost: from then on another process may take the job. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

interface Held extends JobLock {
  readonly id: string;
  isLocked: boolean;
  lose(): void;
}

/**
 * The locks of the jobs that a process runs, on a session of its own, which ends with the process: a job in work whose lock is free has
 * lost its process. A session that breaks is replaced, and takes the locks again.
 */
export class JobLocks {
  readonly #held = new Set<Held>();
  readonly #open: () => Promise<Client>;
  #session: Promise<Client> | undefined;
  #isClosed = false;

  constructor(open: () => Promise<Client>) {
    this.#open = open;
  }

  /** Opens the session; throws the driver's error. */
  async start(): Promise<void> {
    this.#session ??= this.#connect();
    await this.#session;
  }

  /**
   * Takes the lock of a run, or returns null where it is over already: the process was held up, and another one has the job. A lock that
   * another session has belongs to a process that was held up for longer than the job may take; the run takes it as soon as that one wakes.
   */
  async take({ name, id, retryCount }: RunKey): Promise<JobLock | null> {
    await this.start();
    const client = (await this.#session) as Client;
    const isLocked = await tryLock(client, id);
    const { rowCount } = await ask(client, IS_CURRENT, [name, id, retryCount]);
    if (rowCount === 0) {
      if (isLocked) await unlock(client, id);
      return null;
    }
    const loss = new AbortController();
    const held: Held = { id, isLocked, lost: loss.signal, lose: () => loss.abort(), release: () => this.#release(held) };
    this.#held.add(held);
    if (!isLocked) void this.#lockLater(held);
    return held;
  }

  /** Closes the session, and so releases every lock. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const client = await this.#session?.catch(() => undefined);
    if (client) await closeClient(client);
  }

  async #connect(): Promise<Client> {
    try {
      const client = await this.#open();
      client.once('end', () => this.#restore());
      return client;
    } catch (error) {
      this.#session = undefined;
      throw error;
    }
  }

  /* What cannot be locked again in time is lost, before another process takes it. */
  #restore(): void {
    this.#session = undefined;
    if (this.#isClosed) return;
    const limit = setTimeout(() => this.#lose([...this.#held]), RESTORE_MS);
    const isWanted = () => !this.#isClosed && this.#held.size > 0;
    backOff(() => this.#relock(), {
      numOfAttempts: Number.POSITIVE_INFINITY,
      startingDelay: TRY_EVERY_MS,
      maxDelay: 1_000,
      retry: isWanted,
    })
      .catch(() => undefined)
      .finally(() => clearTimeout(limit));
  }

  async #relock(): Promise<void> {
    await this.start();
    for (const held of [...this.#held]) if (held.isLocked && !(await this.#lock(held))) this.#lose([held]);
  }

  async #lockLater(held: Held): Promise<void> {
    while (this.#held.has(held) && !held.isLocked) {
      await delay(LOCK_LATER_MS, undefined, { ref: false });
      // A session that breaks is replaced meanwhile.
      await this.#lock(held, 1).catch(() => undefined);
    }
  }

  /* Returns whether the run has its lock; a run that has ended meanwhile keeps none. */
  async #lock(held: Held, tries = TRIES): Promise<boolean> {
    const client = await this.#session;
    if (!client || !(await tryLock(client, held.id, tries))) return false;
    held.isLocked = true;
    if (!this.#held.has(held)) await unlock(client, held.id);
    return true;
  }

  #lose(lost: readonly Held[]): void {
    for (const held of lost) if (this.#held.delete(held)) held.lose();
  }

  /* A session that is away has released it. */
  async #release(held: Held): Promise<void> {
    if (!this.#held.delete(held) || !held.isLocked) return;
    const client = await this.#session?.catch(() => undefined);
    if (client) await unlock(client, held.id).catch(() => undefined);
  }
}

const IS_CURRENT = `SELECT FROM ${JOBS_SCHEMA}.job WHERE name = $1 AND id = $2 AND state = 'active' AND retry_count = $3`;
const TRY_LOCK = `SELECT pg_try_advisory_lock(${lockNumber('$1')}) AS "isLocked"`;
const UNLOCK = `SELECT pg_advisory_unlock(${lockNumber('$1')})`;

/* Polls: a session that waits inside pg_advisory_lock() would keep all others of this one waiting. */
async function tryLock(client: Client, id: string, tries = TRIES): Promise<boolean> {
  for (let tried = 1; ; tried += 1) {
    const { rows } = await ask(client, TRY_LOCK, [id]);
    if (rows[0]?.isLocked) return true;
    if (tried >= tries) return false;
    await delay(TRY_EVERY_MS);
  }
}

async function unlock(client: Client, id: string): Promise<void> {
  await ask(client, UNLOCK, [id]);
}

/* A session that answers nothing in time is replaced. */
async function ask(client: Client, text: string, values: unknown[]): Promise<QueryResult<{ isLocked?: boolean }>> {
  try {
    return await client.query<{ isLocked?: boolean }>(text, values);
  } catch (error) {
    client.connection.stream.destroy();
    throw error;
  }
}
