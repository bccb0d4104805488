import type { Client, QueryResultRow } from 'pg';
import { databaseFault } from '../sql/database-error';
import { queryOn, type Statement } from '../sql/statement';
import { commitOn } from '../transaction/commit';
import { inOneWrite } from './in-one-write';

/**
 * Runs statements in order in one transaction and returns all their rows, committed; null where nothing was done. Throws
 * `OutcomeUnknownError` where the answer was lost.
 */
export async function runInOneTransaction<Row extends QueryResultRow>(
  connection: Client,
  statements: readonly Statement[],
): Promise<Row[] | null> {
  const [first, ...others] = statements;
  try {
    if (first && others.length === 0) return await commitOn(connection, () => queryOn<Row>(connection, first));
    return await betweenBeginAndCommit<Row>(connection, statements);
  } catch (error) {
    if (databaseFault(error)) return null;
    throw error;
  }
}

/* COMMIT of a failed transaction is answered by ROLLBACK. */
async function betweenBeginAndCommit<Row extends QueryResultRow>(
  connection: Client,
  statements: readonly Statement[],
): Promise<Row[] | null> {
  let ran: Promise<PromiseSettledResult<unknown>[]> = Promise.resolve([]);
  const { command } = await commitOn(connection, () =>
    inOneWrite(connection, () => {
      const running = [connection.query('BEGIN'), ...statements.map((statement) => queryOn<Row>(connection, statement))];
      ran = Promise.allSettled(running);
      return connection.query('COMMIT');
    }),
  );
  if (command === 'ROLLBACK') return null;
  const [, ...rows] = (await ran) as PromiseFulfilledResult<Row[]>[];
  return rows.flatMap(({ value }) => value);
}
