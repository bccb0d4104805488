import type { Sequelize } from 'sequelize';
import type { Ctx } from '../../context/context';
import { openingOf, retried } from '../transaction/unit-of-work';
import type { BatchResult, BatchStatement, BatchUnit } from './batch-unit';
import { GroupCommit } from './group-commit';

/**
 * A write that is one statement, and under load one statement for many (docs/adr/0009). A statement outside BEGIN is its own
 * transaction, so one message does it all.
 */
export class BatchedCommand<U extends BatchUnit, Result extends BatchResult> {
  readonly #groups = new WeakMap<Sequelize, GroupCommit<U, Result>>();
  readonly #statementOf: BatchStatement<U>;

  constructor(statementOf: BatchStatement<U>) {
    this.#statementOf = statementOf;
  }

  /** Runs the unit with the context's actor, request and reason, and returns its result, committed; retried like any unit of work. */
  run(ctx: Ctx, unit: U): Promise<Result> {
    return retried(() => {
      const { variables } = openingOf(ctx, unit);
      return this.#groupsOf(ctx).submit({ ...unit, variables });
    });
  }

  #groupsOf({ sequelize, env }: Ctx): GroupCommit<U, Result> {
    const known = this.#groups.get(sequelize);
    if (known) return known;
    const groups = new GroupCommit<U, Result>(sequelize, this.#statementOf, env.BATCHING === 'on');
    this.#groups.set(sequelize, groups);
    return groups;
  }
}
