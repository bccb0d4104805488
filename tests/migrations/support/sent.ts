import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { QueryInterface, Sequelize } from 'sequelize';
import { PROJECT_FOLDER } from '../../../config/project';
import { recordStatements } from '../../support/query-recorder';

/** A migration, with its name in SequelizeMeta. */
export interface Migration {
  readonly name: string;
  up(queryInterface: QueryInterface): Promise<void>;
  down(queryInterface: QueryInterface): Promise<void>;
}

/** An index that a migration created. */
export interface NewIndex {
  readonly index: string;
  /** Whether the table existed before the migration. */
  readonly onOldTable: boolean;
}

/** The statements that a migration sent in one direction, and the indexes that they created. */
export interface SentMigration {
  readonly name: string;
  readonly way: 'up' | 'down';
  readonly statements: readonly string[];
  readonly newIndexes: readonly NewIndex[];
}

const FOLDER = join(PROJECT_FOLDER, 'migrations');

/** Returns the project's migrations in order. */
export function allMigrations(): Migration[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => ({ name, ...(require(join(FOLDER, name)) as Omit<Migration, 'name'>) }));
}

/** Runs a migration in one direction, and returns what it sent. */
export async function send(sequelize: Sequelize, migration: Migration, way: 'up' | 'down'): Promise<SentMigration> {
  const before = await indexes(sequelize);
  const oldTables = new Set(await oids(sequelize));
  const statements = await recordStatements(() => migration[way](sequelize.getQueryInterface()));
  const known = new Set(before.map(({ oid }) => oid));
  const newIndexes = (await indexes(sequelize))
    .filter(({ oid }) => !known.has(oid))
    .map(({ index, table }) => ({ index, onOldTable: oldTables.has(table) }));
  return { name: migration.name, way, statements, newIndexes };
}

/** Runs all migrations up and then down in reverse, and returns what each sent. */
export async function sendAll(sequelize: Sequelize): Promise<SentMigration[]> {
  const sent: SentMigration[] = [];
  const migrations = allMigrations();
  for (const migration of migrations) sent.push(await send(sequelize, migration, 'up'));
  for (const migration of migrations.reverse()) sent.push(await send(sequelize, migration, 'down'));
  return sent;
}

async function indexes(sequelize: Sequelize): Promise<{ oid: string; index: string; table: string }[]> {
  const [rows] = await sequelize.query(
    `SELECT indexrelid::text AS oid, relname AS index, indrelid::text AS table FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
     WHERE relnamespace = current_schema()::regnamespace`,
  );
  return rows as { oid: string; index: string; table: string }[];
}

async function oids(sequelize: Sequelize): Promise<string[]> {
  const [rows] = await sequelize.query(
    `SELECT oid::text FROM pg_class WHERE relkind IN ('r', 'p', 'm') AND relnamespace = current_schema()::regnamespace`,
  );
  return (rows as { oid: string }[]).map(({ oid }) => oid);
}
