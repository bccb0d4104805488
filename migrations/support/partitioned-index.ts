import type { QueryInterface } from 'sequelize';
import { connectionApart, PATIENCE } from './concurrent-index';
import type { Migration } from './migration';

interface PartitionedIndex {
  readonly name: string;
  readonly table: string;
  readonly columns: readonly string[];
}

/**
 * A migration that is one index on a partitioned table in use. PostgreSQL builds none of those CONCURRENTLY, so each partition gets its own
 * first; the index of the whole table then adopts them, which takes its locks for a moment only. What a run that was killed left behind is
 * dropped first.
 */
export function partitionedIndex({ name, table, columns }: PartitionedIndex): Migration {
  const on = (target: string) => `ON ${target} (${columns.join(', ')})`;
  const build = (partition: string) => {
    const part = `${partition}_${columns.join('_')}_idx`;
    return [`DROP INDEX CONCURRENTLY IF EXISTS ${part}`, `CREATE INDEX CONCURRENTLY ${part} ${on(partition)}`];
  };
  const drop = `-- squawk-ignore require-concurrent-index-deletion\nDROP INDEX IF EXISTS ${name}`;
  const adopt = `-- squawk-ignore require-concurrent-index-creation\nCREATE INDEX ${name} ${on(table)}`;
  const partitions = `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = '${table}'::regclass ORDER BY 1`;
  return {
    up: (queryInterface) =>
      connectionApart(queryInterface, async (connection) => {
        for (const statement of [...PATIENCE, drop]) await connection.query(statement);
        const { rows } = await connection.query<{ name: string }>(partitions);
        for (const statement of [...rows.flatMap((row) => build(row.name)), adopt]) await connection.query(statement);
      }),
    down: (queryInterface: QueryInterface) =>
      connectionApart(queryInterface, async (connection) => {
        for (const statement of [...PATIENCE, drop]) await connection.query(statement);
      }),
  };
}
