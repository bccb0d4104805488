import type { Client } from 'pg';
import type { Sequelize } from 'sequelize';
import { inShare } from '../pool/pool-shares';
import type { Deadline } from '../pool/waits/deadline';
import { type Batch, type Claim, rowQueueOf } from '../pool/waits/row-queue';
import { withConnection } from '../sql/statement';
import { announcementOf, type BatchResult, type BatchStatement, type BatchUnit, layersOf } from './batch-unit';
import { runInOneTransaction } from './run-in-one-transaction';
import { runUnit } from './run-unit';

/** Few large groups share more than many small ones, and two keep two processors busy. */
const MAX_UNITS = 16;
const MAX_GROUPS = 2;
/** A group that takes longer than this is waiting for something; the next one starts beside it. */
const SLOW_GROUP_MS = 50;

/** A unit whose rows are held; it claims them in `RowQueue`. */
interface Queued<U, Result> {
  readonly unit: U;
  readonly deadline: Deadline;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit (docs/adr/0009): while two groups run, new units queue; the next group runs them as one statement with one commit.
 * Units of the same rows do not wait for each other in the database: within a group they run in order of arrival, statement after
 * statement; between groups, and beside other writes, they queue for their rows.
 */
export class GroupCommit<U extends BatchUnit, Result extends BatchResult> implements Batch {
  #granted: Queued<U, Result>[] = [];
  #running = 0;

  constructor(
    readonly sequelize: Sequelize,
    readonly statementOf: BatchStatement<U>,
  ) {}

  /** Runs a unit, alone or in a group, and returns its result, committed; throws `busy` (503) where its turn does not come in time. */
  submit(unit: U, deadline: Deadline): Promise<Result> {
    return new Promise((resolve, reject) => {
      const queued = { unit, deadline, resolve, reject };
      this.#rows.enter(this.#claim(queued, this, () => this.#granted.push(queued)));
    });
  }

  get room(): number {
    return this.#running < MAX_GROUPS ? MAX_UNITS : 0;
  }

  start(): void {
    const group = this.#granted;
    this.#granted = [];
    void this.#run(group);
  }

  get #rows() {
    return rowQueueOf(this.sequelize);
  }

  #claim({ unit, deadline, reject }: Queued<U, Result>, batch: Batch | null, grant: () => void): Claim {
    return { rows: unit.rows, deadline, batch, grant, refuse: reject };
  }

  async #run(group: readonly Queued<U, Result>[]): Promise<void> {
    const finish = this.#countRunning();
    const [only, ...others] = group;
    if (only && others.length === 0) {
      await this.#runAlone(only);
      finish();
      return;
    }
    const undecided = await this.#runTogether(group);
    const decided = group.filter((queued) => !undecided.includes(queued));
    this.#rows.release(decided.flatMap(({ unit }) => unit.rows));
    finish();
    // One after the other where they share rows: several would wait for a row in the database.
    this.#rows.reenter(undecided.map((queued) => this.#claim(queued, null, () => void this.#runAlone(queued))));
  }

  /* Counts a running group until it finishes or proves slow; then the next one starts. */
  #countRunning(): () => void {
    this.#running += 1;
    let isCounted = true;
    const finish = () => {
      if (isCounted) this.#running -= 1;
      isCounted = false;
      clearTimeout(slow);
      this.#rows.advance();
    };
    const slow = setTimeout(finish, SLOW_GROUP_MS);
    return finish;
  }

  async #runAlone({ unit, deadline, resolve, reject }: Queued<U, Result>): Promise<void> {
    const wait = { deadline };
    const run = () => runUnit<U, Result>(this.sequelize, this.statementOf, unit, wait);
    await inShare(this.sequelize, 'write', wait, run).then(resolve, reject);
    this.#rows.release(unit.rows);
  }

  /* Returns the units for which nothing was done. */
  async #runTogether(group: readonly Queued<U, Result>[]): Promise<readonly Queued<U, Result>[]> {
    try {
      const layers = layersOf(group.map(({ unit }) => unit));
      const statements = layers.map((units) => this.statementOf(units, 'skip', announcementOf(units)));
      const wait = { deadline: Math.min(...group.map((queued) => queued.deadline)) };
      const run = (connection: Client) => runInOneTransaction<Result>(connection, statements);
      const results = await inShare(this.sequelize, 'write', wait, () => withConnection(this.sequelize, run, wait));
      const decided = new Map((results ?? []).filter(({ is_decided }) => is_decided).map((result) => [result.id, result]));
      return group.filter(({ unit, resolve }) => {
        const result = decided.get(unit.id);
        if (result) resolve(result);
        return !result;
      });
    } catch (error) {
      for (const { reject } of group) reject(error);
      return [];
    }
  }
}
