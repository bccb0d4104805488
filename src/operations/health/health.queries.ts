import type { Sequelize } from 'sequelize';
import type { Ctx } from '../../context/context';
import { databaseFault } from '../../database/sql/database-error';
import { queryOne } from '../../database/sql/statement';
import { migrationNames } from '../../migrator/pending-migrations';

/** PostgreSQL's version and response time in milliseconds, whether it accepts writes (a standby does not), and its migrations. */
export interface DatabaseState {
  readonly version: string;
  readonly latencyMs: number;
  readonly isWritable: boolean;
  readonly migrations: MigrationState;
}

/** How many connections the pool of this process may open, has open and has idle, and how many requests wait for one. */
export interface PoolUsage {
  readonly max: number;
  readonly size: number;
  readonly available: number;
  readonly waiting: number;
}

/** How many migrations the database has, which of this version it lacks, and which it has that this version does not know. */
export interface MigrationState {
  readonly isUpToDate: boolean;
  readonly applied: number;
  readonly pending: readonly string[];
  readonly unknown: readonly string[];
}

interface StateRow {
  readonly version: string;
  readonly read_only: string;
  readonly applied: string;
}

const STATE = `
  SELECT current_setting('server_version') AS version, current_setting('transaction_read_only') AS read_only,
    (SELECT coalesce(string_agg(name, ','), '') FROM "SequelizeMeta") AS applied`;
const UNDEFINED_TABLE = '42P01';

const pending = new WeakMap<Sequelize, Promise<DatabaseState>>();

/**
 * Returns the state of the database. Callers at the same time share one statement: the health endpoints are public and have no rate limit,
 * so they must not take one connection per request.
 */
export function readDatabaseState(ctx: Ctx): Promise<DatabaseState> {
  const { sequelize } = ctx;
  const state = pending.get(sequelize) ?? queryState(ctx).finally(() => pending.delete(sequelize));
  pending.set(sequelize, state);
  return state;
}

/** Returns the usage of this process's connection pool. */
export function poolUsage({ sequelize }: Ctx): PoolUsage {
  const { pool } = sequelize.connectionManager as unknown as { pool: Omit<PoolUsage, 'max'> & { readonly maxSize: number } };
  return { max: pool.maxSize, size: pool.size, available: pool.available, waiting: pool.waiting };
}

async function queryState(ctx: Ctx): Promise<DatabaseState> {
  const startedAt = performance.now();
  const row = await readRow(ctx);
  const latencyMs = Math.round((performance.now() - startedAt) * 100) / 100;
  const applied = row.applied === '' ? [] : row.applied.split(',');
  return { version: row.version, latencyMs, isWritable: row.read_only === 'off', migrations: compared(applied) };
}

/* A database whose migrations were all undone may lack the table. */
async function readRow(ctx: Ctx): Promise<StateRow> {
  try {
    const row = await queryOne<StateRow>(ctx, { text: STATE, values: [] });
    return row ?? { version: '', read_only: '', applied: '' };
  } catch (error) {
    if (databaseFault(error)?.sqlstate !== UNDEFINED_TABLE) throw error;
    return { version: '', read_only: '', applied: '' };
  }
}

/* Read once: the folder does not change while the process runs. */
const MIGRATIONS = migrationNames();

function compared(applied: readonly string[]): MigrationState {
  const lacking = MIGRATIONS.filter((name) => !applied.includes(name));
  const unknown = applied.filter((name) => !MIGRATIONS.includes(name)).sort();
  return { isUpToDate: lacking.length === 0, applied: applied.length, pending: lacking, unknown };
}
