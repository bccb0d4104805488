import type { QueryResultRow } from 'pg';
import { ConnectionAcquireTimeoutError, type Sequelize } from 'sequelize';
import { queryOn, withConnection } from '../statement';
import { runInOneTransaction, type Unit } from './group-transaction';

/** The most units of a group, and the most groups that are underway: fewer and larger ones share more commits. */
const MOST_UNITS = 12;
const MOST_GROUPS = 3;
/** A group that takes longer than this waits for somebody, and does not keep the next one waiting. */
const PATIENCE_MS = 50;

interface Waiting extends Unit {
  readonly keys: readonly string[];
  readonly since: number;
  readonly resolve: (rows: QueryResultRow[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets units of work of one statement commit in groups (docs/adr/0009): while as many are underway as may be, the next ones gather,
 * and go together in one transaction. Units of the same rows do not wait for each other in the database: they are in the same group, in
 * the order in which they came, or in groups one after the other.
 */
class CommitGroups {
  #waiting: Waiting[] = [];
  #underway = 0;
  readonly #held = new Set<string>();

  constructor(readonly sequelize: Sequelize) {}

  submit(unit: Unit): Promise<QueryResultRow[]> {
    return new Promise((resolve, reject) => {
      const keys = unit.locks.flatMap(({ table, ids }) => ids.map((id) => `${table} ${id}`));
      this.#waiting.push({ ...unit, keys, since: Date.now(), resolve, reject });
      this.#start();
    });
  }

  #start(): void {
    this.#refuseLate();
    while (this.#underway < MOST_GROUPS) {
      const group = this.#take();
      if (group.length === 0) return;
      void this.#run(group);
    }
  }

  /* Who waits as long as one may wait for a connection is told so, rather than kept. */
  #refuseLate(): void {
    const limit = Date.now() - (this.sequelize.config.pool?.acquire ?? Number.POSITIVE_INFINITY);
    while (this.#waiting[0] && this.#waiting[0].since < limit) {
      this.#waiting.shift()?.reject(new ConnectionAcquireTimeoutError(new Error('No connection came free in time.')));
    }
  }

  /* The first units whose rows no group underway has, and none that waits before them wants. */
  #take(): Waiting[] {
    const blocked = new Set(this.#held);
    const group: Waiting[] = [];
    this.#waiting = this.#waiting.filter((unit) => {
      const isNext = group.length < MOST_UNITS && !unit.keys.some((key) => blocked.has(key));
      if (isNext) group.push(unit);
      else for (const key of unit.keys) blocked.add(key);
      return !isNext;
    });
    return group;
  }

  async #run(group: readonly Waiting[]): Promise<void> {
    for (const key of group.flatMap(({ keys }) => keys)) this.#held.add(key);
    const goOn = this.#countIn();
    const alone = group.length === 1 ? group : await this.#runTogether(group);
    this.#release(group.filter((unit) => !alone.includes(unit)));
    if (group.length > 1) goOn();
    const runAlone = async (unit: Waiting) => {
      await this.#runAlone(unit);
      this.#release([unit]);
      goOn();
    };
    await Promise.all(alone.map(runAlone));
  }

  /* Counts one more as underway, until it is called off, or takes too long; the next ones start then. */
  #countIn(): () => void {
    this.#underway += 1;
    let isCounted = true;
    const goOn = () => {
      if (isCounted) this.#underway -= 1;
      isCounted = false;
      clearTimeout(patience);
      this.#start();
    };
    const patience = setTimeout(goOn, PATIENCE_MS);
    return goOn;
  }

  #release(units: readonly Waiting[]): void {
    for (const key of units.flatMap(({ keys }) => keys)) this.#held.delete(key);
  }

  /* Answers the units of which nothing was done. */
  async #runTogether(group: readonly Waiting[]): Promise<readonly Waiting[]> {
    try {
      const outcomes = await withConnection(this.sequelize, (connection) => runInOneTransaction(connection, group));
      return group.filter((unit, at) => {
        const outcome = outcomes[at] ?? null;
        if (outcome === null) return true;
        if ('rows' in outcome) unit.resolve(outcome.rows);
        else unit.reject(outcome.error);
        return false;
      });
    } catch (error) {
      for (const unit of group) unit.reject(error);
      return [];
    }
  }

  async #runAlone({ statement, resolve, reject }: Waiting): Promise<void> {
    await withConnection(this.sequelize, (connection) => queryOn(connection, statement)).then(resolve, reject);
  }
}

const groupsOf = new WeakMap<Sequelize, CommitGroups>();

/** Runs a unit of work of one statement, with those that wait for the same moment, and answers its rows, committed. */
export async function commitTogether<Row extends QueryResultRow>(sequelize: Sequelize, unit: Unit): Promise<Row[]> {
  const groups = groupsOf.get(sequelize) ?? new CommitGroups(sequelize);
  groupsOf.set(sequelize, groups);
  return (await groups.submit(unit)) as Row[];
}
