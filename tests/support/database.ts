import { randomBytes } from 'node:crypto';
import { onServer, TEMPLATE, urlOf } from './server';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** Creates a database for one test file: a copy of the migrated template, with roles and permissions. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer((client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} OWNER shop_test`));
  return {
    url: urlOf(name),
    drop: () => onServer(async (client) => void (await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))),
  };
}
