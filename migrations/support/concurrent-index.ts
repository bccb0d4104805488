import type { Client } from 'pg';
import type { QueryInterface, Sequelize } from 'sequelize';
import type { Migration } from './migration';

interface ConcurrentIndex {
  readonly name: string;
  /** What stands after ON: the table, the columns and, where it is partial, the condition. */
  readonly on: string;
  readonly unique?: boolean;
}

interface Connections {
  getConnection(options: { type: 'SELECT'; useMaster: boolean }): Promise<Client>;
  destroyConnection(connection: Client): Promise<void>;
}

/*
 * A build waits for the transactions that are older than itself, and holds up neither reads nor writes meanwhile: so it may wait
 * longer for its locks than other migrations, and work for as long as it takes.
 */
export const PATIENCE = [`SET lock_timeout = '60s'`, 'SET statement_timeout = 0'];

/**
 * A migration that is one index on a table that is in use, built without stopping its writers, and so outside a transaction. What
 * has the index's name is dropped first, for a migration that runs is not recorded as done: it is the INVALID index of a build that
 * failed, or one that PostgreSQL finished after its migrator was killed.
 */
export function concurrentIndex({ name, on, unique = false }: ConcurrentIndex): Migration {
  const drop = `DROP INDEX CONCURRENTLY IF EXISTS ${name}`;
  const create = `CREATE ${unique ? 'UNIQUE ' : ''}INDEX CONCURRENTLY ${name} ON ${on}`;
  return {
    up: (queryInterface) => runApart(queryInterface, [...PATIENCE, drop, create]),
    down: (queryInterface) => runApart(queryInterface, [...PATIENCE, drop]),
  };
}

/** A migration that drops an index that is no longer wanted, without stopping the shop; undoing it builds the index again. */
export function withoutIndex(index: ConcurrentIndex): Migration {
  const { up, down } = concurrentIndex(index);
  return { up: down, down: up };
}

/* Each statement in a message of its own, for several in one are a transaction. */
function runApart(queryInterface: QueryInterface, statements: readonly string[]): Promise<void> {
  return connectionApart(queryInterface, async (connection) => {
    for (const statement of statements) await connection.query(statement);
  });
}

/** Runs work on a connection of its own, with which the settings that it makes end. */
export async function connectionApart({ sequelize }: QueryInterface, work: (connection: Client) => Promise<void>): Promise<void> {
  const connections = connectionsOf(sequelize);
  const connection = await connections.getConnection({ type: 'SELECT', useMaster: true });
  try {
    await work(connection);
  } finally {
    await connections.destroyConnection(connection);
  }
}

function connectionsOf(sequelize: Sequelize): Connections {
  return sequelize.connectionManager as unknown as Connections;
}
