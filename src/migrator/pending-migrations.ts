import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { PROJECT_FOLDER } from '../../config/project';

/** The names of the migrations that are in the folder, but not in the database. */
export async function pendingMigrations(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const done = new Set(await namesDone(client));
    return readdirSync(join(PROJECT_FOLDER, 'migrations'))
      .filter((name) => name.endsWith('.ts') && !done.has(name))
      .sort();
  } finally {
    await client.end();
  }
}

async function namesDone(client: Client): Promise<string[]> {
  const { rows: found } = await client.query<{ there: boolean }>(`SELECT to_regclass('"SequelizeMeta"') IS NOT NULL AS there`);
  if (!found[0]?.there) return [];
  const { rows } = await client.query<{ name: string }>('SELECT name FROM "SequelizeMeta"');
  return rows.map(({ name }) => name);
}
