import { Client } from 'pg';

/** The number of the advisory lock that schema changes share (the seeders' own is 7901). */
const MIGRATION_LOCK = 7_900;

/**
 * Runs the work while this session alone may change the schema: sequelize-cli itself has no lock, and two at once run the same
 * migration twice. Says so where it has to wait. The lock ends with the session, so a killed process holds up nobody.
 */
export async function holdingMigrationLock<T>(url: string, log: (line: string) => void, work: () => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'storekeeper-migrator', keepAlive: true });
  // The work fails on its own connection, with a clearer message.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ free: boolean }>('SELECT pg_try_advisory_lock($1) AS free', [MIGRATION_LOCK]);
    if (!rows[0]?.free) {
      log('Waiting for another process that changes the schema');
      await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    }
    return await work();
  } finally {
    await client.end();
  }
}
