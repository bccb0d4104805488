import type { QueryResultRow } from 'pg';
import type { Ctx } from '../http/context';
import type { Statement } from './statement';
import { commitTogether } from './together/commit-groups';
import type { RowLocks } from './together/group-transaction';
import { openingOf, repeated, type UnitOfWorkOptions } from './unit-of-work';

/**
 * The step of a statement that is a unit of work by itself: makes the settings for the triggers, which are the last of its
 * parameters, until the end of the transaction. What writes has to take its rows through `from`, so that it runs after.
 */
export const announcing = (parameter: number) =>
  `announced AS MATERIALIZED (SELECT count(set_config(key, value, true)) AS settings FROM json_each_text($${parameter}::json))`;

/**
 * A unit of work of one statement: without BEGIN, a statement is its own transaction, so one message does it all; under load several
 * go together (docs/adr/0009). The statement makes its settings by the step `announcing`, and locks no rows but those given. Answers
 * the rows, committed; repeated like any unit of work.
 */
export function runAsUnitOfWork<Row extends QueryResultRow>(
  ctx: Ctx,
  { text, values }: Statement,
  { locks, ...options }: Pick<UnitOfWorkOptions, 'settings'> & { readonly locks: readonly RowLocks[] },
): Promise<Row[]> {
  const announced = JSON.stringify(openingOf(ctx, options).settings);
  const statement = { text, values: [...values, announced] };
  return repeated(() => commitTogether<Row>(ctx.sequelize, { statement, locks }));
}
