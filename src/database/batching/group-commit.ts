import { ConnectionAcquireTimeoutError, type Sequelize } from 'sequelize';
import { withConnection } from '../sql/statement';
import { announcementOf, type BatchResult, type BatchStatement, type BatchUnit, layersOf } from './batch-unit';
import { runInOneTransaction } from './run-in-one-transaction';
import { runUnit } from './run-unit';

/** Few large groups share more than many small ones, and two keep two processors busy. */
const MAX_UNITS = 16;
const MAX_GROUPS = 2;
/** A group that takes longer than this is waiting for something; the next one starts beside it. */
const SLOW_GROUP_MS = 50;

interface Queued<U, Result> {
  readonly unit: U;
  readonly since: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit (docs/adr/0009): while two groups run, new units queue; the next group runs them as one statement with one commit.
 * Units of the same rows do not wait for each other in the database: within a group they run in order of arrival, statement after
 * statement; between groups they queue here.
 */
export class GroupCommit<U extends BatchUnit, Result extends BatchResult> {
  #queue: Queued<U, Result>[] = [];
  #running = 0;
  readonly #lockedRows = new Set<string>();

  constructor(
    readonly sequelize: Sequelize,
    readonly statementOf: BatchStatement<U>,
  ) {}

  /** Runs a unit, alone or in a group, and returns its result, committed. */
  submit(unit: U): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ unit, since: Date.now(), resolve, reject });
      this.#startGroups();
    });
  }

  #startGroups(): void {
    this.#rejectExpired();
    while (this.#running < MAX_GROUPS) {
      const group = this.#nextGroup();
      if (group.length === 0) return;
      void this.#run(group);
    }
  }

  /* A unit waits here at most as long as a request waits for a connection. */
  #rejectExpired(): void {
    const limit = Date.now() - (this.sequelize.config.pool?.acquire ?? Number.POSITIVE_INFINITY);
    while (this.#queue[0] && this.#queue[0].since < limit) {
      this.#queue.shift()?.reject(new ConnectionAcquireTimeoutError(new Error('No connection came free in time.')));
    }
  }

  /* The first units whose rows no running group has, and no unit ahead of them in the queue needs. */
  #nextGroup(): Queued<U, Result>[] {
    const blocked = new Set(this.#lockedRows);
    const group: Queued<U, Result>[] = [];
    this.#queue = this.#queue.filter((queued) => {
      const { rows } = queued.unit;
      const joins = group.length < MAX_UNITS && !rows.some((id) => blocked.has(id));
      if (joins) group.push(queued);
      else for (const id of rows) blocked.add(id);
      return !joins;
    });
    return group;
  }

  async #run(group: readonly Queued<U, Result>[]): Promise<void> {
    for (const id of group.flatMap(({ unit }) => unit.rows)) this.#lockedRows.add(id);
    const finish = this.#countRunning();
    const undecided = group.length === 1 ? group : await this.#runTogether(group);
    this.#unlock(group.filter((queued) => !undecided.includes(queued)));
    if (group.length > 1) finish();
    const runAlone = async (queued: Queued<U, Result>) => {
      await runUnit<U, Result>(this.sequelize, this.statementOf, queued.unit).then(queued.resolve, queued.reject);
      this.#unlock([queued]);
      finish();
    };
    await Promise.all(undecided.map(runAlone));
  }

  /* Counts a running group until it finishes or proves slow; then the next one starts. */
  #countRunning(): () => void {
    this.#running += 1;
    let isCounted = true;
    const finish = () => {
      if (isCounted) this.#running -= 1;
      isCounted = false;
      clearTimeout(slow);
      this.#startGroups();
    };
    const slow = setTimeout(finish, SLOW_GROUP_MS);
    return finish;
  }

  #unlock(done: readonly Queued<U, Result>[]): void {
    for (const id of done.flatMap(({ unit }) => unit.rows)) this.#lockedRows.delete(id);
  }

  /* Returns the units for which nothing was done. */
  async #runTogether(group: readonly Queued<U, Result>[]): Promise<readonly Queued<U, Result>[]> {
    const layers = layersOf(group.map(({ unit }) => unit));
    const statements = layers.map((units) => this.statementOf(units, 'skip', announcementOf(units)));
    try {
      const results = await withConnection(this.sequelize, (connection) => runInOneTransaction<Result>(connection, statements));
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
