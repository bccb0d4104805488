import { randomBytes } from 'node:crypto';
import { withClient } from '../../src/database/connection/open-client';
import { admitApplication } from '../../src/migrator/roles/admit-application';
import { applicationUrlOf, OWNER, onServer, TEMPLATE, urlOf } from './server';

export interface TestDatabase {
  readonly name: string;
  /** As its owner. */
  readonly url: string;
  /** As the API's role. */
  readonly applicationUrl: string;
  drop(): Promise<void>;
}

/** Creates a database for one test file: a copy of the migrated template, with roles and permissions. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(async (client) => {
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} OWNER ${OWNER}`);
    // A copy has the privileges of the template's tables, but not those of the database itself.
    await client.query(`REVOKE TEMPORARY ON DATABASE ${name} FROM PUBLIC`);
  });
  return {
    name,
    url: urlOf(name),
    applicationUrl: applicationUrlOf(name),
    drop: () => onServer(async (client) => void (await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))),
  };
}

/** Gives the API's role its privileges in a test database, as a start does after the migrations. */
export async function admit(database: string): Promise<void> {
  const access = { DATABASE_URL: applicationUrlOf(database), MIGRATION_DATABASE_URL: urlOf(database), DATABASE_ROLE: '' };
  await withClient(access.MIGRATION_DATABASE_URL, (owner) => admitApplication(owner, access, { log: () => undefined, waitMs: 60_000 }));
}
