import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { QueryInterface, Sequelize } from 'sequelize';
import { PROJECT_FOLDER } from '../../../config/project';
import { recordStatements } from '../../support/query-recorder';

/** A migration, with the name that SequelizeMeta keeps. */
export interface Migration {
  readonly name: string;
  up(queryInterface: QueryInterface): Promise<void>;
  down(queryInterface: QueryInterface): Promise<void>;
}

/** An index that is in the database after a migration, and was not before. */
export interface NewIndex {
  readonly index: string;
  /** Whether the table was there before the migration. */
  readonly onOldTable: boolean;
}

/** What one migration, run one way, has really sent to the database, and the indexes that came of it. */
export interface SentMigration {
  readonly name: string;
  readonly way: 'up' | 'down';
  readonly statements: readonly string[];
  readonly newIndexes: readonly NewIndex[];
}

const FOLDER = join(PROJECT_FOLDER, 'migrations');

/** The project's migrations, in their order. */
export function allMigrations(): Migration[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => ({ name, ...(require(join(FOLDER, name)) as Omit<Migration, 'name'>) }));
}

/** Runs one migration one way, and answers what it sent. */
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

/** Runs all migrations up and then, the last first, down, and answers what each sent. */
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
