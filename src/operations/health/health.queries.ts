import type { Ctx } from '../../context/context';
import { queryAll, queryOne } from '../../database/sql/statement';
import { migrationNames } from '../../migrator/pending-migrations';

/** PostgreSQL's version, and its response time in milliseconds. */
export interface DatabaseHealth {
  readonly version: string;
  readonly latencyMs: number;
}

/** How many connections the pool of this process may open, has open and has idle, and how many requests wait for one. */
export interface PoolUsage {
  readonly max: number;
  readonly size: number;
  readonly available: number;
  readonly waiting: number;
}

/** How many migrations the database has, and the names of those that it lacks. */
export interface MigrationState {
  readonly isUpToDate: boolean;
  readonly applied: number;
  readonly pending: readonly string[];
}

/** Returns the database's version and response time. */
export async function measureDatabase(ctx: Ctx): Promise<DatabaseHealth> {
  const startedAt = performance.now();
  const row = await queryOne<{ version: string }>(ctx, { text: "SELECT current_setting('server_version') AS version", values: [] });
  return { version: row?.version ?? '', latencyMs: Math.round((performance.now() - startedAt) * 100) / 100 };
}

/** Returns whether the database accepts writes; a standby does not. */
export async function isWritable(ctx: Ctx): Promise<boolean> {
  const row = await queryOne<{ setting: string }>(ctx, { text: "SELECT current_setting('transaction_read_only') AS setting", values: [] });
  return row?.setting === 'off';
}

/** Returns the usage of this process's connection pool. */
export function poolUsage({ sequelize }: Ctx): PoolUsage {
  const { pool } = sequelize.connectionManager as unknown as { pool: Omit<PoolUsage, 'max'> & { readonly maxSize: number } };
  return { max: pool.maxSize, size: pool.size, available: pool.available, waiting: pool.waiting };
}

/* Read once: the folder does not change while the process runs. */
const MIGRATIONS = migrationNames();

/** Returns which migrations the database has and lacks. */
export async function readMigrationState(ctx: Ctx): Promise<MigrationState> {
  const rows = await queryAll<{ name: string }>(ctx, { text: 'SELECT name FROM "SequelizeMeta"', values: [] });
  const applied = new Set(rows.map(({ name }) => name));
  const pending = MIGRATIONS.filter((name) => !applied.has(name));
  return { isUpToDate: pending.length === 0, applied: applied.size, pending };
}
