import type { Client } from 'pg';
import type { Sequelize } from 'sequelize';
import type { TxContext } from '../../context/context';
import type { Wait } from '../pool/waits/acquire-in-time';
import { queryAll, queryOn, withConnection } from '../sql/statement';
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
  return only(await withConnection(sequelize, run, wait));
}

/** Runs one unit inside a unit of work by a statement of its own, which waits for locked rows, and returns its result, not yet committed. */
export async function runUnitIn<U extends BatchUnit, Result extends BatchResult>(
  tx: TxContext,
  statementOf: BatchStatement<U>,
  unit: U,
): Promise<Result> {
  return only(await queryAll<Result>(tx, statementOf([unit], 'wait', announcementOf([unit]))));
}

function only<Result>([result]: readonly Result[]): Result {
  if (!result) throw new Error('A unit of work returned no result.');
  return result;
}
