import type { Client, QueryResultRow } from 'pg';
import { type Ctx, isTxContext } from '../../context/context';
import { queryAll, queryOn, type Statement, withConnection } from '../sql/statement';
import { cancelRunning } from './cancel-request';
import { clientLeft } from './client-left';
import { inShare, type Share } from './pool-shares';
import { deadlineOf } from './waits/deadline';

/** The shares that a read may take. */
export type ReadShare = Exclude<Share, 'write' | 'session'>;

/**
 * Returns the rows of a read that may take long, on a connection of the share; it stops waiting, and PostgreSQL stops, when the client
 * hangs up. Throws `busy` (503) where the share has no connection to spare in time.
 */
export async function queryInShare<Row extends QueryResultRow>(ctx: Ctx, share: ReadShare, statement: Statement): Promise<Row[]> {
  if (isTxContext(ctx)) return queryAll<Row>(ctx, statement);
  const { sequelize } = ctx;
  const signal = ctx.hangUpSignal?.();
  const wait = { deadline: deadlineOf(sequelize), signal };
  const query = (connection: Client) => cancellable(connection, signal, () => queryOn<Row>(connection, statement));
  return inShare(sequelize, share, wait, () => withConnection(sequelize, query, wait));
}

async function cancellable<T>(connection: Client, signal: AbortSignal | undefined, run: () => Promise<T>): Promise<T> {
  if (!signal) return run();
  if (signal.aborted) throw clientLeft();
  let cancelling: Promise<boolean> | undefined;
  const cancel = () => {
    cancelling = cancelRunning(connection);
  };
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await run();
  } finally {
    signal.removeEventListener('abort', cancel);
    // A cancellation that is still on its way would hit the next statement: the connection ends.
    if (cancelling && !(await cancelling)) void connection.end();
  }
}
