import pg from 'pg';
import { Sequelize } from 'sequelize';
import type { Env } from '../../config/env';
import { pipelinedDriver } from './batching/pipelined-driver';
import { sendVariablesWithBegin } from './transaction/begin';

/**
 * Opens the connection pool of the shop's database, with timeouts on every connection. Statements are not logged, because they hold
 * customers' values.
 */
export function connect(env: Env): Sequelize {
  const sequelize = new Sequelize(env.DATABASE_URL, {
    dialect: 'postgres',
    dialectModule: env.BATCHING === 'off' ? pg : pipelinedDriver,
    logging: false,
    define: { underscored: true },
    pool: { max: env.DB_POOL_MAX, min: 0, acquire: env.DB_POOL_ACQUIRE_TIMEOUT_MS, idle: 30_000 },
    dialectOptions: {
      application_name: 'storekeeper',
      keepAlive: true,
      statement_timeout: env.STATEMENT_TIMEOUT_MS,
      lock_timeout: env.LOCK_TIMEOUT_MS,
      idle_in_transaction_session_timeout: env.IDLE_IN_TRANSACTION_TIMEOUT_MS,
    },
  });
  sendVariablesWithBegin(sequelize);
  return sequelize;
}
