import type { Client, QueryResultRow } from 'pg';
import type { Ctx } from '../http/context';
import { openingStatements } from './begin';
import { queryOn, type Statement, withConnection } from './statement';
import { openingOf, repeated, type UnitOfWorkOptions } from './unit-of-work';

/**
 * A unit of work of one statement, in one round trip: BEGIN with its settings, the statement and COMMIT go out together, and are
 * answered together. Where the statement fails, COMMIT rolls back. Answers the rows, committed; repeated like any unit of work.
 */
export function runInOneTrip<Row extends QueryResultRow>(ctx: Ctx, statement: Statement, options: UnitOfWorkOptions = {}): Promise<Row[]> {
  const begin = openingStatements(openingOf(ctx, options));
  return repeated(() => withConnection(ctx.sequelize, (connection) => sendTogether<Row>(connection, begin, statement)));
}

async function sendTogether<Row extends QueryResultRow>(connection: Client, begin: string, statement: Statement): Promise<Row[]> {
  const { stream } = (connection as unknown as { connection: { stream: NodeJS.WritableStream & { cork(): void; uncork(): void } } })
    .connection;
  stream.cork();
  const sent = [connection.query(begin), queryOn<Row>(connection, statement), connection.query('COMMIT')] as const;
  stream.uncork();
  // All are waited for, whatever fails: the connection goes back to the pool with nothing under way.
  const answers = await Promise.allSettled(sent);
  for (const answer of answers) if (answer.status === 'rejected') throw answer.reason;
  return sent[1];
}
