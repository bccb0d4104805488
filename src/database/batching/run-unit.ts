import type { Client } from 'pg';
import type { Sequelize } from 'sequelize';
import type { Wait } from '../pool/acquire-in-time';
import { queryOn, withConnection } from '../sql/statement';
import { commitOn } from '../transaction/commit';
import { announcementOf, type BatchResult, type BatchStatement, type BatchUnit } from './batch-unit';

/**
 * Runs one unit by a statement of its own, which waits for locked rows, and returns its result, committed. Throws
 * `OutcomeUnknownError` where the answer was lost, and `busy` (503) where no connection is free in time.
 */
export async function runUnit<U extends BatchUnit, Result extends BatchResult>(
  sequelize: Sequelize,
  statementOf: BatchStatement<U>,
  unit: U,
  wait: Wait,
): Promise<Result> {
  const statement = statementOf([unit], 'wait', announcementOf([unit]));
  const run = (connection: Client) => commitOn(connection, () => queryOn<Result>(connection, statement));
  const [result] = await withConnection(sequelize, run, wait);
  if (!result) throw new Error('A unit of work returned no result.');
  return result;
}
