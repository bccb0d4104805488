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
  if (!first || others.length > 0) return betweenBeginAndCommit<Row>(connection, statements);
  return commitOn(connection, () => queryOn<Row>(connection, first)).catch((error: unknown) => {
    if (databaseFault(error)) return null;
    throw error;
  });
}

/*
 * COMMIT of a failed transaction is answered by ROLLBACK. Where BEGIN alone failed, because it was cancelled, there was no transaction:
 * each statement has committed or failed by itself, whatever became of COMMIT.
 */
async function betweenBeginAndCommit<Row extends QueryResultRow>(
  connection: Client,
  statements: readonly Statement[],
): Promise<Row[] | null> {
  let beginning: Promise<PromiseSettledResult<unknown>[]> = Promise.resolve([]);
  let running: Promise<PromiseSettledResult<Row[]>[]> = Promise.resolve([]);
  const committing = commitOn(connection, () =>
    inOneWrite(connection, () => {
      beginning = Promise.allSettled([connection.query('BEGIN')]);
      running = Promise.allSettled(statements.map((statement) => queryOn<Row>(connection, statement)));
      return connection.query('COMMIT');
    }),
  );
  const isCommitted = await committing.then(({ command }) => command !== 'ROLLBACK', refusedByDatabase);
  const [begin] = await beginning;
  if (!isCommitted && begin?.status === 'fulfilled') return null;
  return (await running).flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
}

function refusedByDatabase(error: unknown): false {
  if (databaseFault(error)) return false;
  throw error;
}
