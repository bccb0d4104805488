import { Client } from 'pg';

/** The advisory lock of schema changes and seedings (7901 is the lock inside a seeding). */
const MIGRATION_LOCK = 7_900;

/**
 * Runs the work under a lock that one process at a time can hold, and logs when it has to wait: sequelize-cli has no lock of its own,
 * and two at once would run the same migration twice. The lock ends with its session, so a killed process does not keep it.
 */
export async function withMigrationLock<T>(url: string, log: (line: string) => void, work: () => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'storekeeper-migrator', keepAlive: true });
  // If the server goes away, the work fails on its own connection, with a clearer message.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ free: boolean }>('SELECT pg_try_advisory_lock($1) AS free', [MIGRATION_LOCK]);
    if (!rows[0]?.free) {
      log('Waiting for another process that migrates or seeds the database');
      await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    }
    return await work();
  } finally {
    await client.end();
  }
}
