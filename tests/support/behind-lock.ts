import { Client } from 'pg';
import type { Shop } from './shop';

/** What another transaction does first, and what is checked while the work waits for it. */
interface Ahead {
  readonly sql: string;
  readonly values: readonly unknown[];
  readonly meanwhile?: () => Promise<void>;
}

/** Runs work behind the lock of another transaction, which commits once the work waits or has ended. */
export async function behindLock<T>(shop: Shop, { sql, values, meanwhile }: Ahead, work: () => Promise<T>): Promise<T> {
  const ahead = new Client({ connectionString: shop.env.MIGRATION_DATABASE_URL });
  await ahead.connect();
  try {
    await ahead.query('BEGIN');
    await ahead.query(sql, [...values]);
    const pending = work();
    await untilWaiting(shop, ahead, pending);
    await meanwhile?.();
    await ahead.query('COMMIT');
    return await pending;
  } finally {
    await ahead.end();
  }
}

async function untilWaiting(shop: Shop, ahead: Client, pending: Promise<unknown>): Promise<void> {
  const { rows } = await ahead.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const waiting = async () => shop.query('SELECT FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))', [rows[0]?.pid]);
  let isDone = false;
  const done = () => {
    isDone = true;
  };
  pending.then(done, done);
  while (!isDone && (await waiting()).length === 0);
}
