import { randomInt } from 'node:crypto';
import type { Client } from 'pg';
import { type DatabaseAccess, destinationOf } from '../../database/connection/database-access';
import { closeClient, openClient } from '../../database/connection/open-client';

/* Whether a session of this database holds the lock of two keys: https://www.postgresql.org/docs/current/view-pg-locks.html */
const IS_LOCKED = `
  SELECT EXISTS (
    SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database
    WHERE d.datname = current_database() AND l.locktype = 'advisory' AND l.classid = $1 AND l.objid = $2 AND l.objsubid = 2 AND l.granted
  ) AS is_locked`;
const KEYS = 2 ** 31;

/**
 * Throws where the two logins lead to different databases: the tables of one would be migrated, and the other's used. Where the URLs
 * differ in more than the login, a lock that one takes and the other sees proves that they meet.
 */
export async function requireSameDatabase(owner: Client, { DATABASE_URL, MIGRATION_DATABASE_URL }: DatabaseAccess): Promise<void> {
  const [ours, owners] = [destinationOf(DATABASE_URL), destinationOf(MIGRATION_DATABASE_URL)];
  if (ours.host === owners.host && ours.port === owners.port && ours.database === owners.database) return;
  const keys = [randomInt(KEYS), randomInt(KEYS)];
  const application = await openClient(DATABASE_URL);
  try {
    await owner.query('SELECT pg_advisory_lock($1, $2)', keys);
    const { rows } = await application.query<{ is_locked: boolean }>(IS_LOCKED, keys);
    if (rows[0]?.is_locked) return;
  } finally {
    await owner.query('SELECT pg_advisory_unlock($1, $2)', keys);
    await closeClient(application);
  }
  throw new Error(
    `DATABASE_URL and MIGRATION_DATABASE_URL lead to different databases (${ours.database} at ${ours.host}:${ours.port}, and ` +
      `${owners.database} at ${owners.host}:${owners.port}). Both must name the same one, each with its own login.`,
  );
}
