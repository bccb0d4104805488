import type { Client, QueryResultRow } from 'pg';
import { databaseFault } from '../sql/database-error';
import { queryOn, type Statement } from '../sql/statement';
import { inOneWrite } from './pipelined-driver';

/**
 * Runs statements one after the other in one transaction, and answers all their rows, committed; null where PostgreSQL undid it, so
 * that nothing of any was done. Throws where nobody can say.
 */
export async function runInOneTransaction<Row extends QueryResultRow>(
  connection: Client,
  statements: readonly Statement[],
): Promise<Row[] | null> {
  const [alone, ...more] = statements;
  try {
    if (alone && more.length === 0) return await queryOn<Row>(connection, alone);
    return await betweenBeginAndCommit<Row>(connection, statements);
  } catch (error) {
    if (isUndone(error)) return null;
    throw error;
  }
}

/* A transaction in which something failed ends by ROLLBACK, whatever it was asked for. */
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

/* What PostgreSQL refuses has not happened; only where the server or the connection went away meanwhile can nobody say. */
function isUndone(error: unknown): boolean {
  const sqlstate = databaseFault(error)?.sqlstate;
  return sqlstate !== undefined && !/^(08|57|58|XX)/.test(sqlstate);
}
