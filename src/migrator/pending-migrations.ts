import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../config/project';
import { closeClient, openClient } from '../database/open-client';

const OLDEST_VERSION = 14;

/** Returns the names of the migrations of this version, in their order. */
export function migrationNames(): string[] {
  return readdirSync(join(PROJECT_FOLDER, 'migrations'))
    .filter((name) => name.endsWith('.ts'))
    .sort();
}

/** Returns the migrations that the database lacks; throws where it has others than this version knows, or PostgreSQL is too old. */
export async function pendingMigrations(url: string): Promise<string[]> {
  const done = new Set(await appliedMigrations(url));
  const known = migrationNames();
  const foreign = [...done].filter((name) => !known.includes(name));
  if (foreign.length > 0) throw new Error(foreignDatabase(foreign));
  return known.filter((name) => !done.has(name));
}

/** Throws where the database lacks migrations, or has others than this version knows. */
export async function requireMigrated(url: string): Promise<void> {
  if ((await pendingMigrations(url)).length > 0) throw new Error('The database lacks migrations. Run `npm run db:migrate` first.');
}

async function appliedMigrations(url: string): Promise<string[]> {
  const client = await openClient(url);
  try {
    const { rows: found } = await client.query<{ there: boolean; version: number }>(
      `SELECT to_regclass('"SequelizeMeta"') IS NOT NULL AS there, current_setting('server_version_num')::int / 10000 AS version`,
    );
    const [{ there, version } = { there: false, version: 0 }] = found;
    if (version < OLDEST_VERSION)
      throw new Error(`The server of DATABASE_URL is PostgreSQL ${version}. Storekeeper needs version ${OLDEST_VERSION} or newer.`);
    if (!there) return [];
    const { rows } = await client.query<{ name: string }>('SELECT name FROM "SequelizeMeta" ORDER BY name');
    return rows.map(({ name }) => name);
  } finally {
    await closeClient(client);
  }
}

function foreignDatabase(foreign: readonly string[]): string {
  const count = foreign.length === 1 ? 'a migration' : `${foreign.length} migrations`;
  return (
    `This database has ${count} that this version of Storekeeper does not know (first: ${foreign[0]}): ` +
    'start the version that made it, or a newer one, or use an empty database.'
  );
}
