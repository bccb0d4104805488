import type { Client } from 'pg';
import { closeClient, openClient } from '../../database/open-client';
import { type ClusterRecord, recordFile } from './cluster-record';

/** The name of the shop's role and of its database. */
const SHOP = 'storekeeper';

/** Returns the URL of a role's database on the embedded server, which listens on loopback only and without TLS. */
export function urlOf(record: ClusterRecord, role: 'postgres' | 'storekeeper'): string {
  const password = role === 'postgres' ? record.superuserPassword : record.password;
  return `postgres://${role}:${encodeURIComponent(password)}@127.0.0.1:${record.port}/${role}`;
}

/**
 * Creates the shop's role and its database, where they are missing, and gives the role the password of the record, where it has another.
 * The role may log in and owns the database: that lets it create trusted extensions without being a superuser. Throws where the server
 * refuses the superuser's password.
 */
export async function provision(record: ClusterRecord, dataDir: string): Promise<void> {
  const client = await openAsSuperuser(record, dataDir);
  try {
    const { rows } = await client.query<{ role: boolean; database: boolean }>(
      `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS role, EXISTS (SELECT FROM pg_database WHERE datname = $1) AS database`,
      [SHOP],
    );
    const password = client.escapeLiteral(record.password);
    if (!rows[0]?.role) await client.query(`CREATE ROLE ${SHOP} LOGIN PASSWORD ${password}`);
    if (!rows[0]?.database) await client.query(`CREATE DATABASE ${SHOP} OWNER ${SHOP}`);
    if (!(await canLogIn(record))) await client.query(`ALTER ROLE ${SHOP} LOGIN PASSWORD ${password}`);
  } finally {
    await closeClient(client);
  }
}

async function openAsSuperuser(record: ClusterRecord, dataDir: string): Promise<Client> {
  try {
    return await openClient(urlOf(record, 'postgres'));
  } catch (error) {
    if (!isRefused(error)) throw error;
    throw new Error(
      `The database refuses the superuserPassword of ${recordFile(dataDir)}. Restore the file from a backup, or use another DATA_DIR.`,
      { cause: error },
    );
  }
}

async function canLogIn(record: ClusterRecord): Promise<boolean> {
  try {
    await closeClient(await openClient(urlOf(record, SHOP)));
    return true;
  } catch (error) {
    if (isRefused(error)) return false;
    throw error;
  }
}

/* invalid_password, invalid_authorization_specification: https://www.postgresql.org/docs/current/errcodes-appendix.html */
function isRefused(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['28P01', '28000'].includes(String(error.code));
}
