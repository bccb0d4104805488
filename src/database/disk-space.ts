import type { Sequelize } from 'sequelize';
import { databaseFault } from './sql/database-error';

const FRESH_MS = 5_000;
const DISK_FULL = '53100';

interface Known {
  readonly isFull: boolean;
  readonly at: number;
}

const known = new WeakMap<Sequelize, Known>();
const pending = new WeakMap<Sequelize, Promise<boolean>>();

/** Notes that PostgreSQL refused work for want of disk space, where the error says so. */
export function noteDiskError(sequelize: Sequelize, error: unknown): void {
  if (databaseFault(error)?.sqlstate === DISK_FULL) known.set(sequelize, { isFull: true, at: performance.now() });
}

/**
 * Returns whether the database's disk is full: whether PostgreSQL refused a write for that reason in the last five seconds, or else cannot
 * write half a megabyte now. The answer is at most five seconds old, and one check runs at a time.
 */
export async function isDiskFull(sequelize: Sequelize): Promise<boolean> {
  const last = known.get(sequelize);
  if (last && performance.now() - last.at < FRESH_MS) return last.isFull;
  const check = pending.get(sequelize) ?? checkDisk(sequelize).finally(() => pending.delete(sequelize));
  pending.set(sequelize, check);
  return check;
}

/*
 * With so little memory PostgreSQL keeps the rows in a temporary file of the database's disk. A row that is inserted and rolled back would
 * prove nothing, because a page or a WAL file with room for it may exist.
 */
const PROBE = `SET LOCAL work_mem = '64kB'; SELECT count(*) FROM generate_series(1, 20000)`;

async function checkDisk(sequelize: Sequelize): Promise<boolean> {
  let isFull = false;
  try {
    await sequelize.query(PROBE, { raw: true, logging: false });
  } catch (error) {
    isFull = databaseFault(error)?.sqlstate === DISK_FULL;
    if (!isFull) throw error;
  }
  known.set(sequelize, { isFull, at: performance.now() });
  return isFull;
}
