import type { Client, QueryResultRow } from 'pg';
import { databaseFault } from '../sql/database-error';
import { queryOn, type Statement } from '../sql/statement';
import { inOneWrite } from './pipelined-driver';

/**
 * Runs statements in order in one transaction and returns all their rows, committed; null where PostgreSQL undid the transaction, so
 * that nothing was done. Throws if the outcome is unknown.
 */
export async function runInOneTransaction<Row extends QueryResultRow>(
  connection: Client,
  statements: readonly Statement[],
): Promise<Row[] | null> {
  const [first, ...others] = statements;
  try {
    if (first && others.length === 0) return await queryOn<Row>(connection, first);
    return await betweenBeginAndCommit<Row>(connection, statements);
  } catch (error) {
    if (isUndone(error)) return null;
    throw error;
  }
}

/* COMMIT of a failed transaction is answered by ROLLBACK. */
async function betweenBeginAndCommit<Row extends QueryResultRow>(
  connection: Client,
  statements: readonly Statement[],
): Promise<Row[] | null> {
  const sent = inOneWrite(connection, () => {
    const running = [connection.query('BEGIN'), ...statements.map((statement) => queryOn<Row>(connection, statement))] as const;
    return [connection.query('COMMIT'), ...running] as const;
  });
  const [ended, , ...ran] = await Promise.allSettled(sent);
  if (ended.status === 'rejected') throw ended.reason;
  if (ended.value.command === 'ROLLBACK') return null;
  return (ran as PromiseFulfilledResult<Row[]>[]).flatMap(({ value }) => value);
}

/* An error that PostgreSQL raised undid the transaction; if the server or the connection failed, the outcome is unknown. */
function isUndone(error: unknown): boolean {
  const sqlstate = databaseFault(error)?.sqlstate;
  return sqlstate !== undefined && !/^(08|57|58|XX)/.test(sqlstate);
}
