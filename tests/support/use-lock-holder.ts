import { Client } from 'pg';
import type { Response } from 'supertest';
import type { Shop } from './shop';

/** Locks that somebody at psql holds, and what they keep waiting. */
export interface LockHolder {
  /** Begins a transaction and takes locks by a statement. */
  hold(sql: string, values?: readonly unknown[]): Promise<void>;
  /** Ends the transaction. */
  letGo(): Promise<void>;
  /** Returns how many connections of the shop waited for a lock at the same time, at most, until the work ends. */
  mostWaiting(work: Promise<unknown>): Promise<number>;
}

/** Gives each test of a file somebody who may hold locks; they are released after it. */
export function useLockHolder(shop: Shop): LockHolder {
  let holder: Client;
  /* Apart from the holder: within a transaction, pg_stat_activity does not change. */
  let observer: Client;
  beforeEach(async () => {
    holder = new Client({ connectionString: shop.env.MIGRATION_DATABASE_URL });
    observer = new Client({ connectionString: shop.env.MIGRATION_DATABASE_URL });
    await Promise.all([holder.connect(), observer.connect()]);
  });
  afterEach(() => Promise.all([holder.end(), observer.end()]));
  return {
    hold: async (sql, values = []) => {
      await holder.query('BEGIN');
      await holder.query(sql, [...values]);
    },
    letGo: async () => {
      await holder.query('COMMIT');
    },
    mostWaiting: async (work) => {
      const isOver = whetherOver(work);
      let most = 0;
      while (!isOver()) {
        const { rows } = await observer.query<{ waiting: number }>(WAITING);
        most = Math.max(most, rows[0]?.waiting ?? 0);
      }
      return most;
    },
  };
}

const WAITING = "SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

/** Returns a function that tells whether the work has ended. */
export function whetherOver(work: Promise<unknown>): () => boolean {
  let isOver = false;
  const over = () => {
    isOver = true;
  };
  work.then(over, over);
  return () => isOver;
}

/** Returns each status and code that occurs among responses, sorted: `503 busy`. */
export function codesOf(responses: readonly Response[]): string[] {
  return [...new Set(responses.map(({ status, body }) => `${status} ${body.code ?? ''}`.trim()))].sort();
}

/** Makes so many things. */
export function times<T>(count: number, make: (n: number) => T): T[] {
  return Array.from({ length: count }, (_, n) => make(n));
}
