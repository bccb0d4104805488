import type { Client, QueryResultRow } from 'pg';
import { type Ctx, isTxContext } from '../../context/context';
import { unavailable } from '../../problems/common-problems';
import { queryAll, queryOn, type Statement, withConnection } from '../sql/statement';
import { cancelRunning } from './cancel-request';
import { deadlineOf } from './deadline';
import { inShare, type Share } from './pool-shares';

/** The shares that a read may take. */
export type ReadShare = Exclude<Share, 'write'>;

/**
 * Returns the rows of a read that may take long, on a connection of the share; PostgreSQL stops when the client hangs up. Throws `busy`
 * (503) where the share has no connection to spare in time.
 */
export async function queryInShare<Row extends QueryResultRow>(ctx: Ctx, share: ReadShare, statement: Statement): Promise<Row[]> {
  if (isTxContext(ctx)) return queryAll<Row>(ctx, statement);
  const { sequelize } = ctx;
  const signal = ctx.hangUpSignal?.();
  return inShare(sequelize, share, deadlineOf(sequelize), async () => {
    if (signal?.aborted) throw unavailable.because('The client has closed the connection.');
    return withConnection(sequelize, (connection) => cancellable(connection, signal, () => queryOn<Row>(connection, statement)));
  });
}

async function cancellable<T>(connection: Client, signal: AbortSignal | undefined, run: () => Promise<T>): Promise<T> {
  if (!signal) return run();
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
