import { QueryTypes, type Sequelize } from 'sequelize';

/** One seeding, inside its transaction. */
export interface SeedSession {
  /** Runs a statement with `$1`, `$2`… bound to the values, and answers its rows. */
  query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** No two seedings at once: the number of the advisory lock that they share (the application's own are in the 7000s). */
const SEED_LOCK = 7_901;

/**
 * Runs a seeding in one transaction, all or nothing, whose changes the audit log ascribes to `system:seed`. It waits for
 * another seeding to end, but gives up (SQLSTATE 55P03) rather than hold up a shop that is at work for more than five seconds.
 */
export async function inSeedSession<T>(sequelize: Sequelize, work: (session: SeedSession) => Promise<T>): Promise<T> {
  return sequelize.transaction(async (transaction) => {
    const session: SeedSession = {
      query: (sql, values = []) =>
        // Never logged: an order file is a third of a megabyte of bound value.
        sequelize.query(sql, { transaction, type: QueryTypes.SELECT, raw: true, logging: false, bind: [...values] }),
    };
    await session.query(
      `SET LOCAL app.actor = 'system:seed'; SET LOCAL lock_timeout = '5s'; SET LOCAL statement_timeout = '60s';
       SELECT pg_advisory_xact_lock(${SEED_LOCK})`,
    );
    return work(session);
  });
}
