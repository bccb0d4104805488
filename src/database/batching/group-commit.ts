import { ConnectionAcquireTimeoutError, type Sequelize } from 'sequelize';
import { queryOn, withConnection } from '../sql/statement';
import { announcementOf, layersOf, type StatementOf, type Unit, type UnitAnswer } from './batch-unit';
import { runInOneTransaction } from './group-transaction';

/** The most units of a group, and the most groups that are underway: fewer and larger ones share more, and two keep two processors busy. */
const MOST_UNITS = 16;
const MOST_GROUPS = 2;
/** A group that takes longer than this waits for somebody, and does not keep the next one waiting. */
const PATIENCE_MS = 50;

interface Waiting<U, Answer> {
  readonly unit: U;
  readonly since: number;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Does units of work in groups (docs/adr/0009): while as many are underway as may be, the next ones gather, and go together in one
 * statement, and one commit. Units of the same rows do not wait for each other in the database: they are in the same group, in the
 * order in which they came, one statement after the other, or in groups one after the other.
 */
export class CommitGroups<U extends Unit, Answer extends UnitAnswer> {
  #waiting: Waiting<U, Answer>[] = [];
  #underway = 0;
  readonly #held = new Set<string>();

  constructor(
    readonly sequelize: Sequelize,
    readonly statementOf: StatementOf<U>,
  ) {}

  /** Does a unit, alone or with those that wait for the same moment, and answers it, committed. */
  submit(unit: U): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ unit, since: Date.now(), resolve, reject });
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
  #take(): Waiting<U, Answer>[] {
    const blocked = new Set(this.#held);
    const group: Waiting<U, Answer>[] = [];
    this.#waiting = this.#waiting.filter((waiting) => {
      const { rows } = waiting.unit;
      const isNext = group.length < MOST_UNITS && !rows.some((id) => blocked.has(id));
      if (isNext) group.push(waiting);
      else for (const id of rows) blocked.add(id);
      return !isNext;
    });
    return group;
  }

  async #run(group: readonly Waiting<U, Answer>[]): Promise<void> {
    for (const id of group.flatMap(({ unit }) => unit.rows)) this.#held.add(id);
    const goOn = this.#countIn();
    const left = group.length === 1 ? group : await this.#runTogether(group);
    this.#release(group.filter((waiting) => !left.includes(waiting)));
    if (group.length > 1) goOn();
    const runAlone = async (waiting: Waiting<U, Answer>) => {
      await this.#runAlone(waiting);
      this.#release([waiting]);
      goOn();
    };
    await Promise.all(left.map(runAlone));
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

  #release(done: readonly Waiting<U, Answer>[]): void {
    for (const id of done.flatMap(({ unit }) => unit.rows)) this.#held.delete(id);
  }

  /* Answers those of which nothing was done. */
  async #runTogether(group: readonly Waiting<U, Answer>[]): Promise<readonly Waiting<U, Answer>[]> {
    const layers = layersOf(group.map(({ unit }) => unit));
    const statements = layers.map((units) => this.statementOf(units, 'skip', announcementOf(units)));
    try {
      const answers = await withConnection(this.sequelize, (connection) => runInOneTransaction<Answer>(connection, statements));
      const decided = new Map((answers ?? []).filter(({ is_decided }) => is_decided).map((answer) => [answer.id, answer]));
      return group.filter(({ unit, resolve }) => {
        const answer = decided.get(unit.id);
        if (answer) resolve(answer);
        return !answer;
      });
    } catch (error) {
      for (const { reject } of group) reject(error);
      return [];
    }
  }

  async #runAlone({ unit, resolve, reject }: Waiting<U, Answer>): Promise<void> {
    const statement = this.statementOf([unit], 'wait', announcementOf([unit]));
    const running = withConnection(this.sequelize, (connection) => queryOn<Answer>(connection, statement));
    await running.then(([answer]) => (answer ? resolve(answer) : reject(new Error('A unit of work answered nothing.'))), reject);
  }
}
