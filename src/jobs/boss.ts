import type { Client } from 'pg';
import type PgBoss from 'pg-boss';
import { queryOn } from '../database/sql/statement';

/** The schema of pg-boss's tables. */
export const JOBS_SCHEMA = 'pgboss';

/** Runs work on a connection. */
export type OnConnection = <T>(work: (connection: Client) => Promise<T>) => Promise<T>;

/* Completed jobs leave the table that every poll reads after ten minutes; dead ones stay for a month, to be looked at and retried. */
const LIMITS = { archiveCompletedAfterSeconds: 600, archiveFailedAfterSeconds: 2_592_000, deleteAfterDays: 1 };

/**
 * Returns pg-boss over our own connections; it opens none. The library is loaded at the first call, so that a process that neither sends
 * nor works never does.
 */
export async function bossOn(db: PgBoss.Db, options: PgBoss.ConstructorOptions = {}): Promise<PgBoss> {
  const { default: Boss } = await import('pg-boss');
  return new Boss({ db, schema: JOBS_SCHEMA, migrate: false, ...LIMITS, ...options });
}

/** Returns a database for pg-boss that runs each statement on a connection, prepared where it has values. */
export function databaseOn(onConnection: OnConnection): PgBoss.Db {
  return {
    executeSql: (text: string, values: unknown[] = []) =>
      onConnection(async (connection) => {
        if (values.length > 0) return { rows: await queryOn(connection, { text, values }) };
        return runScript(connection, text);
      }),
  };
}

/* Several statements from BEGIN to COMMIT: one that fails leaves the transaction open. */
async function runScript(connection: Client, text: string): Promise<{ rows: unknown[] }> {
  try {
    const { rows } = await connection.query<Record<string, unknown>>(text);
    return { rows };
  } catch (error) {
    await connection.query('ROLLBACK').catch(() => void connection.end());
    throw error;
  }
}
