import type { Sequelize } from 'sequelize';
import { queryOn, withConnection } from '../sql/statement';
import { commitOn } from '../transaction/commit';
import { announcementOf, type BatchResult, type BatchStatement, type BatchUnit } from './batch-unit';

/**
 * Runs one unit by a statement of its own, which waits for locked rows, and returns its result, committed. Throws
 * `OutcomeUnknownError` where the answer was lost.
 */
export async function runUnit<U extends BatchUnit, Result extends BatchResult>(
  sequelize: Sequelize,
  statementOf: BatchStatement<U>,
  unit: U,
): Promise<Result> {
  const statement = statementOf([unit], 'wait', announcementOf([unit]));
  const [result] = await withConnection(sequelize, (connection) => commitOn(connection, () => queryOn<Result>(connection, statement)));
  if (!result) throw new Error('A unit of work returned no result.');
  return result;
}
