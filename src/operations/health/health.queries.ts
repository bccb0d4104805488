import type { Ctx } from '../../context/context';
import { queryAll, queryOne } from '../../database/sql/statement';
import { migrationNames } from '../../migrator/pending-migrations';

/** The database's version, and how long it took to answer, in milliseconds. */
export async function databaseHealth(ctx: Ctx): Promise<{ version: string; latencyMs: number }> {
  const startedAt = performance.now();
  const row = await queryOne<{ version: string }>(ctx, { text: "SELECT current_setting('server_version') AS version", values: [] });
  return { version: row?.version ?? '', latencyMs: Math.round((performance.now() - startedAt) * 100) / 100 };
}

interface Pool {
  readonly maxSize: number;
  readonly size: number;
  readonly available: number;
  readonly waiting: number;
}

/** Whether the database takes writes: it is no standby, and not set to read only. */
export async function takesWrites(ctx: Ctx): Promise<boolean> {
  const row = await queryOne<{ setting: string }>(ctx, { text: "SELECT current_setting('transaction_read_only') AS setting", values: [] });
  return row?.setting === 'off';
}

/** How the connections of this process are used. */
export function poolUse({ sequelize }: Ctx): { max: number; size: number; available: number; waiting: number } {
  const { pool } = sequelize.connectionManager as unknown as { pool: Pool };
  return { max: pool.maxSize, size: pool.size, available: pool.available, waiting: pool.waiting };
}

/* The folder does not change while the process runs. */
const known = migrationNames();

/** Which migrations the database has, and which are missing. */
export async function migrationState(ctx: Ctx): Promise<{ isUpToDate: boolean; applied: number; pending: readonly string[] }> {
  const rows = await queryAll<{ name: string }>(ctx, { text: 'SELECT name FROM "SequelizeMeta"', values: [] });
  const applied = new Set(rows.map(({ name }) => name));
  const pending = known.filter((file) => !applied.has(file));
  return { isUpToDate: pending.length === 0, applied: applied.size, pending };
}
