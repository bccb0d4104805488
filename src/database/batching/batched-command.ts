import type { Sequelize } from 'sequelize';
import type { Ctx, TxContext } from '../../context/context';
import { inShare } from '../pool/pool-shares';
import { type Deadline, deadlineOf } from '../pool/waits/deadline';
import { rowQueueOf } from '../pool/waits/row-queue';
import { openingOf, retried, unitOfWork } from '../transaction/unit-of-work';
import type { BatchResult, BatchStatement, BatchUnit } from './batch-unit';
import { GroupCommit } from './group-commit';
import { runUnit, runUnitIn } from './run-unit';

/**
 * A write that is one statement, and under load one statement for many (docs/adr/0009). A statement outside BEGIN is its own
 * transaction, so one message does it all. With `BATCHING=off` each unit has a statement of its own.
 */
export class BatchedCommand<U extends BatchUnit, Result extends BatchResult> {
  readonly #groupCommits = new WeakMap<Sequelize, GroupCommit<U, Result>>();
  readonly #statementOf: BatchStatement<U>;

  constructor(statementOf: BatchStatement<U>) {
    this.#statementOf = statementOf;
  }

  /**
   * Runs the unit with the context's actor, request and reason, and returns its result, committed; retried like any unit of work. Throws
   * `busy` (503) where it waits too long, over all attempts.
   */
  run(ctx: Ctx, unit: U): Promise<Result> {
    if (ctx.dryRun) return this.#rehearse(ctx, unit);
    const deadline = deadlineOf(ctx.sequelize);
    return retried(() => {
      const opened = { ...unit, variables: openingOf(ctx, unit).variables };
      if (ctx.env.BATCHING === 'off') return this.#runAlone(ctx.sequelize, opened, deadline);
      return this.#groupCommitOf(ctx.sequelize).submit(opened, deadline);
    });
  }

  /*
   * Alone, and in a unit of work, which rolls it back: what shares a commit with others cannot be undone by itself. Statement, look and
   * rollback take one round trip.
   */
  async #rehearse(ctx: Ctx, unit: U): Promise<Result> {
    const opened = { ...unit, variables: openingOf(ctx, unit).variables };
    let running: Promise<Result> | undefined;
    const beforeRollback = async (tx: TxContext) => {
      running = runUnitIn<U, Result>(tx, this.#statementOf, opened);
      await Promise.all([running, ctx.beforeRollback?.(tx)]);
    };
    await unitOfWork({ ...ctx, beforeRollback }, async () => undefined, opened);
    return running as unknown as Promise<Result>;
  }

  #runAlone(sequelize: Sequelize, unit: U, deadline: Deadline): Promise<Result> {
    const run = () => runUnit<U, Result>(sequelize, this.#statementOf, unit, { deadline });
    return rowQueueOf(sequelize).run(unit.rows, deadline, () => inShare(sequelize, 'write', { deadline }, run));
  }

  #groupCommitOf(sequelize: Sequelize): GroupCommit<U, Result> {
    const known = this.#groupCommits.get(sequelize);
    if (known) return known;
    const groupCommit = new GroupCommit<U, Result>(sequelize, this.#statementOf);
    this.#groupCommits.set(sequelize, groupCommit);
    return groupCommit;
  }
}
