import { Client } from 'pg';
import type { ClusterRecord } from './cluster-record';

/** The name of the shop's role and of its database. */
export const SHOP = 'storekeeper';

/** Returns the URL of a role's database on the embedded server. */
export function urlOf(record: ClusterRecord, role: 'postgres' | 'storekeeper'): string {
  const password = role === 'postgres' ? record.superuserPassword : record.password;
  return `postgres://${role}:${password}@127.0.0.1:${record.port}/${role}`;
}

/**
 * Creates the shop's role and its database, where they are missing. The role may log in and owns the database: that lets it create
 * trusted extensions without being a superuser.
 */
export async function provision(record: ClusterRecord): Promise<void> {
  const client = new Client({ connectionString: urlOf(record, 'postgres') });
  await client.connect();
  try {
    const { rows } = await client.query<{ role: boolean; database: boolean }>(
      `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS role, EXISTS (SELECT FROM pg_database WHERE datname = $1) AS database`,
      [SHOP],
    );
    if (!rows[0]?.role) await client.query(`CREATE ROLE ${SHOP} LOGIN PASSWORD ${client.escapeLiteral(record.password)}`);
    if (!rows[0]?.database) await client.query(`CREATE DATABASE ${SHOP} OWNER ${SHOP}`);
  } finally {
    await client.end();
  }
}
