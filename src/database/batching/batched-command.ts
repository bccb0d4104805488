import type { Sequelize } from 'sequelize';
import type { Ctx } from '../../context/context';
import { openingOf, repeated } from '../transaction/unit-of-work';
import type { StatementOf, Unit, UnitAnswer } from './batch-unit';
import { CommitGroups } from './group-commit';

/**
 * Units of work of one kind that are one statement each, and under load one statement together (docs/adr/0009). Without BEGIN, a
 * statement is its own transaction, so one message does it all.
 */
export class SharedStatement<U extends Unit, Answer extends UnitAnswer> {
  readonly #groups = new WeakMap<Sequelize, CommitGroups<U, Answer>>();
  readonly #statementOf: StatementOf<U>;

  constructor(statementOf: StatementOf<U>) {
    this.#statementOf = statementOf;
  }

  /** Does the unit, with the context's actor, request and reason, and answers it, committed; repeated like any unit of work. */
  run(ctx: Ctx, unit: U): Promise<Answer> {
    const { settings } = openingOf(ctx, unit);
    return repeated(() => this.#groupsOf(ctx.sequelize).submit({ ...unit, settings }));
  }

  #groupsOf(sequelize: Sequelize): CommitGroups<U, Answer> {
    const known = this.#groups.get(sequelize);
    if (known) return known;
    const groups = new CommitGroups<U, Answer>(sequelize, this.#statementOf);
    this.#groups.set(sequelize, groups);
    return groups;
  }
}
