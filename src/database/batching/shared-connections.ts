import type { Client, QueryResultRow } from 'pg';
import type { Sequelize } from 'sequelize';
import { acquire, queryOn, release, type Statement } from '../sql/statement';

/**
 * Connections that are shared while there is room on them. A page of 1 to 100 rows takes PostgreSQL 0.9 to 3 times as long as it takes
 * this process, which so keeps no more than three busy; each further one is another set of caches that takes its turn on the processors.
 */
const MOST_CONNECTIONS = 3;
/** Statements that may be on their way on one connection; those behind wait for those before. */
const DEPTH = 16;
/** Statements after which a connection goes back to the pool, so that whoever waits there gets his turn. */
const TURN = 500;

/** A connection of the pool that several statements use at once. */
interface Shared {
  readonly acquired: Promise<Client>;
  /** Once it is there. */
  connection: Client | null;
  underway: number;
  taken: number;
}

const sharedBy = new WeakMap<Sequelize, Shared[]>();

/**
 * Answers the rows of a short read by a connection that other reads use at the same time: their statements follow each other without
 * waiting for answers (docs/adr/0008). Only for what takes PostgreSQL a few milliseconds at most and waits for no lock, since who comes
 * behind waits for it; and outside any unit of work.
 */
export async function queryTogether<Row extends QueryResultRow>(sequelize: Sequelize, statement: Statement): Promise<Row[]> {
  const open = sharedBy.get(sequelize) ?? [];
  sharedBy.set(sequelize, open);
  const shared = leastUsed(open, shareOf(sequelize)) ?? opened(sequelize, open);
  shared.underway += 1;
  shared.taken += 1;
  if (shared.taken === TURN) close(open, shared);
  try {
    return await queryOn<Row>(shared.connection ?? (await shared.acquired), statement);
  } catch (error) {
    // The connection may be broken: nobody else is sent there.
    close(open, shared);
    throw error;
  } finally {
    shared.underway -= 1;
    if (shared.underway === 0) {
      close(open, shared);
      if (shared.connection) release(sequelize, shared.connection);
    }
  }
}

/* Half of a small pool: the others are left to who needs one alone. */
function shareOf({ config: { pool } }: Sequelize): number {
  return Math.min(MOST_CONNECTIONS, Math.ceil((pool?.max ?? 1) / 2));
}

/* The open connection with the fewest statements underway; none where one more can be opened, or all have as many as they take. */
function leastUsed(open: readonly Shared[], most: number): Shared | undefined {
  if (open.length < most) return undefined;
  const least = open.reduce((best, shared) => (shared.underway < best.underway ? shared : best));
  return least.underway < DEPTH ? least : undefined;
}

function opened(sequelize: Sequelize, open: Shared[]): Shared {
  const acquired = acquire(sequelize).then((connection) => {
    shared.connection = connection;
    return connection;
  });
  const shared: Shared = { acquired, connection: null, underway: 0, taken: 0 };
  open.push(shared);
  return shared;
}

function close(open: Shared[], shared: Shared): void {
  const at = open.indexOf(shared);
  if (at >= 0) open.splice(at, 1);
}
