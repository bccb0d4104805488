import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { PROJECT_FOLDER } from '../../config/project';

/** Returns the names of the migrations of this version, in their order. */
export function migrationNames(): string[] {
  return readdirSync(join(PROJECT_FOLDER, 'migrations'))
    .filter((name) => name.endsWith('.ts'))
    .sort();
}

/** Returns the migrations that the database lacks; throws where it has others than this version knows. */
export async function pendingMigrations(url: string): Promise<string[]> {
  const done = new Set(await appliedMigrations(url));
  const known = migrationNames();
  const [foreign] = [...done].filter((name) => !known.includes(name));
  if (foreign !== undefined) throw new Error(foreignDatabase(foreign));
  return known.filter((name) => !done.has(name));
}

async function appliedMigrations(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: found } = await client.query<{ there: boolean }>(`SELECT to_regclass('"SequelizeMeta"') IS NOT NULL AS there`);
    if (!found[0]?.there) return [];
    const { rows } = await client.query<{ name: string }>('SELECT name FROM "SequelizeMeta" ORDER BY name');
    return rows.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

function foreignDatabase(migration: string): string {
  return (
    `This database was made by migrations that this version does not have (first: ${migration}): ` +
    'use an empty database, or the version of Storekeeper that made it.'
  );
}
