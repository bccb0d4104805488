import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../config/project';
import { closeClient, openClient } from '../database/connection/open-client';

const OLDEST_VERSION = 14;

/** Returns the names of the migrations of this version, in their order. */
export function migrationNames(): string[] {
  return readdirSync(join(PROJECT_FOLDER, 'migrations'))
    .filter((name) => name.endsWith('.ts'))
    .sort();
}

/**
 * Returns the migrations that the database lacks. Throws where it has others than this version knows, where its tables belong to another
 * role than the URL's, or PostgreSQL is too old.
 */
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

interface Found {
  readonly there: boolean;
  readonly version: number;
  readonly role: string;
  readonly other_owner: string | null;
}

const NOTHING: Found = { there: false, version: 0, role: '', other_owner: null };

async function appliedMigrations(url: string): Promise<string[]> {
  const client = await openClient(url);
  try {
    const { rows: found } = await client.query<Found>(
      `SELECT t.oid IS NOT NULL AS there, current_setting('server_version_num')::int / 10000 AS version, current_user AS role,
        CASE WHEN NOT pg_has_role(t.relowner, 'USAGE') THEN pg_get_userbyid(t.relowner) END AS other_owner
       FROM (VALUES (to_regclass('"SequelizeMeta"'))) AS m (oid) LEFT JOIN pg_class t ON t.oid = m.oid`,
    );
    const [{ there, version, role, other_owner } = NOTHING] = found;
    if (version < OLDEST_VERSION)
      throw new Error(`The server of DATABASE_URL is PostgreSQL ${version}. Storekeeper needs version ${OLDEST_VERSION} or newer.`);
    if (other_owner) throw new Error(otherOwner(role, other_owner));
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

function otherOwner(role: string, owner: string): string {
  return (
    `The tables of this database belong to ${owner}, not to ${role}, who logs in to migrate. ` +
    `Set MIGRATION_DATABASE_URL to the login of ${owner}; DATABASE_URL is the API's, which owns nothing.`
  );
}
