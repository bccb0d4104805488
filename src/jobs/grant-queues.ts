import { JOBS_SCHEMA } from './boss';

/* Partitions are reached through their parent; pg-boss's scheduler calls create_queue at each start, which inserts nothing then. */
const GRANTS: Readonly<Record<string, string>> = {
  job: 'SELECT, INSERT, UPDATE, DELETE',
  archive: 'SELECT, INSERT, DELETE',
  queue: 'SELECT, INSERT',
  schedule: 'SELECT',
  version: 'SELECT, UPDATE (maintained_on, cron_on)',
};

/** Returns the SQL that grants a role, given as an SQL identifier, what sending and running jobs takes, and no more. */
export function grantQueues(role: string): string {
  const tables = Object.entries(GRANTS).map(([table, privileges]) => `GRANT ${privileges} ON ${JOBS_SCHEMA}.${table} TO ${role};`);
  return [`GRANT USAGE ON SCHEMA ${JOBS_SCHEMA} TO ${role};`, ...tables].join('\n');
}
