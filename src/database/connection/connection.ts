import { setTimeout as delay } from 'node:timers/promises';
import { Sequelize } from 'sequelize';
import type { Env } from '../../../config/env';
import { type BoundedConnections, boundedConnections } from '../pool/bounded-driver';
import { CLIENT_MARGIN_MS } from '../sql/statement';
import { sendVariablesWithBegin } from '../transaction/begin';
import { takingRole } from './database-access';
import { sequelizeOptions } from './database-url';

const MAX_CONNECT_MS = 5_000;

const connectionsOf = new WeakMap<Sequelize, BoundedConnections>();

/**
 * Opens the connection pool of the shop's database, with timeouts on every connection, on both sides of the wire, and the role of the
 * application. Statements are not logged, because they hold customers' values.
 */
export function connect(env: Env): Sequelize {
  const connections = boundedConnections({ pipeline: env.BATCHING === 'on' });
  const sequelize = new Sequelize({
    ...sequelizeOptions(env.DATABASE_URL, driverOptions(env), ({ options }) => takingRole(env.DATABASE_ROLE, options)),
    dialectModule: connections.driver,
    logging: false,
    // Times of creation and change are the database's: columns have defaults, triggers keep them.
    define: { underscored: true, createdAt: false, updatedAt: false },
    pool: {
      max: env.DB_POOL_MAX,
      min: 0,
      acquire: env.DB_POOL_ACQUIRE_TIMEOUT_MS,
      idle: 30_000,
      validate: (connection) => connections.isReusable(connection ?? {}),
    },
  });
  connectionsOf.set(sequelize, connections);
  sendVariablesWithBegin(sequelize);
  return sequelize;
}

/**
 * Closes the pool: waits for the statements in flight, at most the given milliseconds, then destroys what is still open. Returns
 * whether all connections closed in time.
 */
export async function closePool(sequelize: Sequelize, withinMs: number): Promise<boolean> {
  const limit = new AbortController();
  const closing = sequelize.close().then(() => true);
  const isComplete = await Promise.race([closing, delay(withinMs, false, limit)]);
  limit.abort();
  if (isComplete) return true;
  // The rejection of what was in flight reaches its own caller.
  closing.catch(() => undefined);
  connectionsOf.get(sequelize)?.destroyAll();
  return false;
}

function driverOptions(env: Env): object {
  return {
    application_name: 'storekeeper',
    statement_timeout: env.STATEMENT_TIMEOUT_MS,
    query_timeout: env.STATEMENT_TIMEOUT_MS + CLIENT_MARGIN_MS,
    connectionTimeoutMillis: Math.min(env.DB_POOL_ACQUIRE_TIMEOUT_MS, MAX_CONNECT_MS),
    lock_timeout: env.LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: env.IDLE_IN_TRANSACTION_TIMEOUT_MS,
  };
}
