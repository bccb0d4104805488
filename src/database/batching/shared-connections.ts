import type { Client, QueryResultRow } from 'pg';
import type { Sequelize } from 'sequelize';
import type { Ctx } from '../../context/context';
import { acquire, queryOn, release, type Statement, withConnection } from '../sql/statement';

/**
 * PostgreSQL takes 0.9 to 3 times as long for a page of 1 to 100 rows as this process does, so three connections keep it busy; each
 * further one is another set of caches that competes for the processors.
 */
const MAX_CONNECTIONS = 3;
/**
 * Statements in flight on one connection; each waits for those before it. Beyond it another connection is taken, of those that writes, lists
 * and readiness need: so it is what all reads that may be in work at once (MAX_REQUESTS_IN_WORK) need by default.
 */
const MAX_IN_FLIGHT = 100;
/** Statements after which a connection returns to the pool, whose queue is fair. */
const STATEMENTS_PER_LEASE = 500;

/** A connection of the pool that several statements use at once. */
interface SharedConnection {
  readonly acquired: Promise<Client>;
  /** Set once it is acquired. */
  connection: Client | null;
  inFlight: number;
  sent: number;
}

const openConnections = new WeakMap<Sequelize, SharedConnection[]>();

/**
 * Returns the rows of a short read, on a connection that other reads use at the same time (docs/adr/0008). Only for statements that
 * take PostgreSQL a few milliseconds at most and wait for no lock, because those behind wait for them; and outside any unit of work.
 */
export async function queryShared<Row extends QueryResultRow>(
  { sequelize, env }: Pick<Ctx, 'sequelize' | 'env'>,
  statement: Statement,
): Promise<Row[]> {
  if (env.BATCHING === 'off') return withConnection(sequelize, (connection) => queryOn<Row>(connection, statement));
  const open = openConnections.get(sequelize) ?? [];
  openConnections.set(sequelize, open);
  const shared = leastBusy(open, shareOf(sequelize)) ?? openOne(sequelize, open);
  shared.inFlight += 1;
  shared.sent += 1;
  if (shared.sent === STATEMENTS_PER_LEASE) stopSharing(open, shared);
  try {
    return await queryOn<Row>(shared.connection ?? (await shared.acquired), statement);
  } catch (error) {
    // The connection may be broken, so no other statement goes there.
    stopSharing(open, shared);
    throw error;
  } finally {
    shared.inFlight -= 1;
    if (shared.inFlight === 0) {
      stopSharing(open, shared);
      if (shared.connection) release(sequelize, shared.connection);
    }
  }
}

/* Half of a small pool: the rest is for those who need a connection of their own. */
function shareOf({ config: { pool } }: Sequelize): number {
  return Math.min(MAX_CONNECTIONS, Math.ceil((pool?.max ?? 1) / 2));
}

/* The connection with the fewest statements in flight; none where another may be opened, or all are full. */
function leastBusy(open: readonly SharedConnection[], max: number): SharedConnection | undefined {
  if (open.length < max) return undefined;
  const least = open.reduce((best, shared) => (shared.inFlight < best.inFlight ? shared : best));
  return least.inFlight < MAX_IN_FLIGHT ? least : undefined;
}

function openOne(sequelize: Sequelize, open: SharedConnection[]): SharedConnection {
  const acquired = acquire(sequelize).then((connection) => {
    shared.connection = connection;
    return connection;
  });
  const shared: SharedConnection = { acquired, connection: null, inFlight: 0, sent: 0 };
  open.push(shared);
  return shared;
}

function stopSharing(open: SharedConnection[], shared: SharedConnection): void {
  const index = open.indexOf(shared);
  if (index >= 0) open.splice(index, 1);
}
