import type { Sequelize } from 'sequelize';
import type { Deadline } from './deadline';
import { waitedTooLong } from './waited-too-long';

/** Something that waits for rows; it is granted or refused, once. */
export interface Claim {
  /** Ids of rows; unique over all tables. */
  readonly rows: readonly string[];
  readonly deadline: Deadline;
  /** The claims of one batch may share rows, where they are granted together. */
  readonly batch: Batch | null;
  grant(): void;
  refuse(error: unknown): void;
}

/** What runs several claims at once. */
export interface Batch {
  /** How many claims it would start now. */
  readonly room: number;
  /** Starts the claims that were granted last. */
  start(): void;
}

/**
 * The rows that work of this process holds or waits for, first come, first served: so that at most one connection waits for a row in
 * the database, and the rest wait here, where it costs nothing. A claim gets all its rows at once, so claims cannot deadlock. It takes
 * them before it takes a connection, and is refused with `busy` (503) at its deadline.
 */
export class RowQueue {
  readonly #held = new Map<string, number>();
  readonly #wanted = new Map<string, number>();
  #waiting: Claim[] = [];
  #expiry: NodeJS.Timeout | undefined;
  #expiresAt = Number.POSITIVE_INFINITY;

  /** Returns how many claims wait for rows that others hold or wait for, and not for the room of their batch. */
  countBehindRows(): number {
    return this.#waiting.filter(({ batch }) => batch === null || batch.room > 0).length;
  }

  /** Runs work that holds the rows. */
  async run<T>(rows: readonly string[], deadline: Deadline, work: () => Promise<T>): Promise<T> {
    if (rows.length === 0) return work();
    await new Promise<void>((grant, refuse) => this.enter({ rows, deadline, batch: null, grant, refuse }));
    try {
      return await work();
    } finally {
      this.release(rows);
    }
  }

  /** Grants the claim, at once or when its turn comes; the holder calls `release`. */
  enter(claim: Claim): void {
    const isFree = !claim.rows.some((row) => this.#held.has(row) || this.#wanted.has(row));
    if (isFree && (claim.batch === null || claim.batch.room > 0)) this.#grant([claim]);
    else this.#wait([claim], 'last');
  }

  /** Takes the rows of granted claims back, and puts the claims ahead of all others. */
  reenter(claims: readonly Claim[]): void {
    for (const { rows } of claims) count(this.#held, rows, -1);
    this.#wait(claims, 'first');
    this.advance();
  }

  /** Releases rows, and grants what waited for them. */
  release(rows: readonly string[]): void {
    count(this.#held, rows, -1);
    this.advance();
  }

  /** Grants whatever can go now; a batch calls it when it has room again. */
  advance(): void {
    while (this.#waiting.length > 0 && this.#grantSome());
  }

  #wait(claims: readonly Claim[], where: 'first' | 'last'): void {
    for (const { rows } of claims) count(this.#wanted, rows, 1);
    if (where === 'last') this.#waiting.push(...claims);
    else this.#waiting.unshift(...claims);
    this.#awaitExpiry(claims);
  }

  /* Grants each claim whose rows nobody holds and no earlier claim needs; returns whether there may be more. */
  #grantSome(): boolean {
    const granted: Claim[] = [];
    const needed = new Map<string, Batch | null>();
    const rooms = new Map<Batch, number>();
    const waiting = this.#waiting.filter((claim) => {
      const { rows, batch } = claim;
      const room = batch === null ? 1 : (rooms.get(batch) ?? batch.room);
      const isFree = (row: string) => !this.#held.has(row) && (!needed.has(row) || (batch !== null && needed.get(row) === batch));
      const goes = room > 0 && rows.every(isFree);
      for (const row of rows) needed.set(row, goes ? batch : null);
      if (batch !== null) rooms.set(batch, goes ? room - 1 : room);
      if (goes) granted.push(claim);
      return !goes;
    });
    if (granted.length === 0) return false;
    this.#leave(granted, waiting);
    this.#grant(granted);
    return [...rooms].some(([batch, room]) => room === 0 && batch.room > 0);
  }

  #leave(claims: readonly Claim[], waiting: Claim[]): void {
    for (const { rows } of claims) count(this.#wanted, rows, -1);
    this.#waiting = waiting;
    if (waiting.length === 0) this.#stopAwaiting();
  }

  #grant(claims: readonly Claim[]): void {
    for (const { rows } of claims) count(this.#held, rows, 1);
    for (const claim of claims) claim.grant();
    for (const batch of new Set(claims.map(({ batch }) => batch))) batch?.start();
  }

  /* One timer, for the earliest deadline: a claim that enters again, or whose work is repeated, has an earlier one than those before it. */
  #awaitExpiry(claims: readonly Claim[]): void {
    const earliest = claims.reduce((least, { deadline }) => Math.min(least, deadline), this.#expiresAt);
    if (earliest === this.#expiresAt) return;
    this.#stopAwaiting();
    this.#expiresAt = earliest;
    this.#expiry = setTimeout(() => this.#refuseExpired(), Math.max(1, earliest - performance.now()));
  }

  #stopAwaiting(): void {
    clearTimeout(this.#expiry);
    this.#expiresAt = Number.POSITIVE_INFINITY;
  }

  #refuseExpired(): void {
    this.#stopAwaiting();
    const now = performance.now();
    const expired = this.#waiting.filter(({ deadline }) => deadline <= now);
    const waiting = this.#waiting.filter(({ deadline }) => deadline > now);
    this.#leave(expired, waiting);
    this.#awaitExpiry(waiting);
    for (const claim of expired) claim.refuse(waitedTooLong());
    this.advance();
  }
}

const queues = new WeakMap<Sequelize, RowQueue>();

/** Returns the row queue of a database's pool. */
export function rowQueueOf(sequelize: Sequelize): RowQueue {
  const queue = queues.get(sequelize) ?? new RowQueue();
  queues.set(sequelize, queue);
  return queue;
}

function count(rows: Map<string, number>, ids: readonly string[], by: 1 | -1): void {
  for (const id of ids) {
    const total = (rows.get(id) ?? 0) + by;
    if (total > 0) rows.set(id, total);
    else rows.delete(id);
  }
}
