import type { Client } from 'pg';
import { closeClient, openClient } from '../../database/connection/open-client';
import { type ClusterRecord, type CompleteRecord, recordFile } from './cluster-record';

/** The name of the role that owns the shop's database, and of the database. */
const SHOP = 'storekeeper';
/** The name of the role that the API works as. */
const APPLICATION = 'storekeeper_app';

/** Returns the URL of the superuser's database on the embedded server, which listens on loopback only and without TLS. */
export function superuserUrlOf(record: ClusterRecord): string {
  return urlOf(record, 'postgres', record.superuserPassword, 'postgres');
}

/** Returns the URL of the shop's database as its owner. */
export function ownerUrlOf(record: ClusterRecord): string {
  return urlOf(record, SHOP, record.password);
}

/** Returns the URL of the shop's database as the application's role. */
export function applicationUrlOf(record: CompleteRecord): string {
  return urlOf(record, APPLICATION, record.applicationPassword);
}

/**
 * Creates the shop's roles and its database, where they are missing, and gives a role the password of the record, where it has another.
 * One role owns the database: that lets it create trusted extensions without being a superuser. The other owns nothing, and gets its
 * privileges from the owner. Throws where the server refuses the superuser's password.
 */
export async function provision(record: CompleteRecord, dataDir: string): Promise<void> {
  const client = await openAsSuperuser(record, dataDir);
  try {
    const { rows } = await client.query<{ roles: string[]; database: boolean }>(
      `SELECT array(SELECT rolname::text FROM pg_roles WHERE rolname = ANY ($2)) AS roles,
        EXISTS (SELECT FROM pg_database WHERE datname = $1) AS database`,
      [SHOP, [SHOP, APPLICATION]],
    );
    const logins = [
      { role: SHOP, password: record.password, url: ownerUrlOf(record) },
      { role: APPLICATION, password: record.applicationPassword, url: applicationUrlOf(record) },
    ];
    for (const { role, password } of logins) {
      if (!rows[0]?.roles.includes(role)) await client.query(`CREATE ROLE ${role} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
    }
    // The owner may work as the application, too, where its URL is the only one that a shop is given.
    if (!rows[0]?.roles.includes(APPLICATION)) await client.query(`GRANT ${APPLICATION} TO ${SHOP}`);
    if (!rows[0]?.database) await client.query(`CREATE DATABASE ${SHOP} OWNER ${SHOP}`);
    for (const { role, password, url } of logins) {
      if (!(await canLogIn(url))) await client.query(`ALTER ROLE ${role} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
    }
  } finally {
    await closeClient(client);
  }
}

function urlOf({ port }: ClusterRecord, role: string, password: string, database = SHOP): string {
  return `postgres://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

async function openAsSuperuser(record: ClusterRecord, dataDir: string): Promise<Client> {
  try {
    return await openClient(superuserUrlOf(record));
  } catch (error) {
    if (!isRefused(error)) throw error;
    throw new Error(
      `The database refuses the superuserPassword of ${recordFile(dataDir)}. Restore the file from a backup, or use another DATA_DIR.`,
      { cause: error },
    );
  }
}

async function canLogIn(url: string): Promise<boolean> {
  try {
    await closeClient(await openClient(url));
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
