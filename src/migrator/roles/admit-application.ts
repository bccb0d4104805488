import type { Client } from 'pg';
import { applicationRole, type DatabaseAccess } from '../../database/connection/database-access';
import { type LockWait, withMigrationLock } from '../lock/migration-lock';
import { makeRole } from './make-role';
import { MISSING_STATEMENTS, SUPERUSERS_STATEMENTS } from './privileges.statement';
import { requireSameDatabase } from './same-database';

/* Schemas beside the shop's own that the application uses. */
const FURTHER_SCHEMAS: readonly string[] = ['pgboss'];
const INSUFFICIENT_PRIVILEGE = '42501';

/**
 * Gives the application's role its privileges on what the migrations made, as the owner; makes the role where the API takes one. Where
 * nothing is missing, it waits for nobody; several processes may run it at once. Throws where the API's own login could do more than
 * the application may, with the statements that take it away. For a role that is taken it is only a line of the log, because whoever
 * has the owner's password needs no such way.
 */
export async function admitApplication(owner: Client, access: DatabaseAccess, wait: LockWait): Promise<void> {
  const role = applicationRole(access);
  if (access.DATABASE_ROLE) await makeRole(owner, role);
  else await requireSameDatabase(owner, access);
  const isComplete = (await missingStatements(owner, role)).length === 0;
  if (!isComplete) await withMigrationLock(access.MIGRATION_DATABASE_URL, wait, () => runMissing(owner, role));
  // A superuser holds every privilege, so what makes it one comes first.
  const superusers = await statementsOf(owner, SUPERUSERS_STATEMENTS, [role]);
  const excess = superusers.length > 0 || isComplete ? superusers : await missingStatements(owner, role);
  if (excess.length === 0) return;
  if (!access.DATABASE_ROLE) throw new Error(excessOf(role, excess));
  wait.log(excessOf(role, excess));
}

/* Each by itself: another start that comes later goes on where this one was killed. */
async function runMissing(client: Client, role: string): Promise<void> {
  for (const statement of await missingStatements(client, role)) {
    try {
      await client.query(statement);
    } catch (error) {
      // What the owner of the tables may not do is reported with the rest.
      if (!(error instanceof Error && 'code' in error && error.code === INSUFFICIENT_PRIVILEGE)) throw error;
    }
  }
}

function missingStatements(client: Client, role: string): Promise<string[]> {
  return statementsOf(client, MISSING_STATEMENTS, [role, FURTHER_SCHEMAS]);
}

async function statementsOf(client: Client, text: string, values: unknown[]): Promise<string[]> {
  const { rows } = await client.query<{ statement: string }>(text, values);
  return rows.map(({ statement }) => statement);
}

function excessOf(role: string, statements: readonly string[]): string {
  return (
    `The role ${role}, as which the API works, may do what the owner of the tables cannot take from it. ` +
    `Let a superuser run this in the shop's database, and start again:\n${statements.map((statement) => `  ${statement};`).join('\n')}`
  );
}
