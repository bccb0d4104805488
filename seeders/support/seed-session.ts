import { QueryTypes, type Sequelize } from 'sequelize';

/** The transaction of a seeding. */
export interface SeedSession {
  /** Runs a statement with its `$1`, `$2`... bound to the values, and returns its rows. */
  query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** The advisory lock that one seeding at a time holds (those of the application are in src/database/locks.ts). */
const SEED_LOCK = 7_901;

/**
 * Runs a seeding in one transaction, which the audit log ascribes to `system:seed`. It waits up to five seconds for locks and then throws
 * (SQLSTATE 55P03), so that it does not block a running shop.
 */
export async function inSeedSession<T>(sequelize: Sequelize, work: (session: SeedSession) => Promise<T>): Promise<T> {
  return sequelize.transaction(async (transaction) => {
    const session: SeedSession = {
      query: (sql, values = []) =>
        // Never logged: the orders are a bound value of 300 kB.
        sequelize.query(sql, { transaction, type: QueryTypes.SELECT, raw: true, logging: false, bind: [...values] }),
    };
    await session.query(
      `SET LOCAL app.actor = 'system:seed'; SET LOCAL lock_timeout = '5s'; SET LOCAL statement_timeout = '60s';
       SELECT pg_advisory_xact_lock(${SEED_LOCK})`,
    );
    return work(session);
  });
}
