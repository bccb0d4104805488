import type { Client } from 'pg';

interface Holder {
  readonly pid: number;
  readonly name: string | null;
  readonly address: string | null;
  readonly since: Date | null;
}

/* A lock of one bigint below 2^32: https://www.postgresql.org/docs/current/view-pg-locks.html */
const HOLDERS = `
  SELECT l.pid, a.application_name AS name, host(a.client_addr) AS address, a.backend_start AS since
  FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
  WHERE l.locktype = 'advisory' AND l.granted AND l.classid = 0 AND l.objid = $1::bigint::oid AND l.objsubid = 1
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

/** Returns who holds an advisory lock of this database: application name, session, client address, and since when. */
export async function waitReport(client: Client, lock: number): Promise<string> {
  const { rows } = await client.query<Holder>(HOLDERS, [lock]);
  return rows.map(described).join(', ') || 'a session that has just ended';
}

const TERMINATE_MS = 5_000;

/** Ends the other sessions with this application name, and returns once PostgreSQL has rolled them back, after five seconds at most. */
export async function terminateSessions(client: Client, name: string): Promise<void> {
  await client.query(
    `SELECT pg_terminate_backend(pid, ${TERMINATE_MS}) FROM pg_stat_activity
     WHERE application_name = $1 AND datname = current_database() AND pid <> pg_backend_pid()`,
    [name],
  );
}

/* PostgreSQL shows name, address and time of another role's session to superusers only. */
function described({ pid, name, address, since }: Holder): string {
  return `${name || 'unnamed'} (session ${pid}, from ${address ?? 'this machine'}${since ? `, since ${since.toISOString()}` : ''})`;
}
