import { Client } from 'pg';

/** The migrated database that each test file gets a copy of. */
export const TEMPLATE = `template_storekeeper_${process.env.TEST_RUN ?? 'main'}`;

/** The role that owns the test databases, which is no superuser, and the one that the API works as. */
export const OWNER = 'shop_test';
export const APPLICATION = 'shop_test_app';

/** Returns the URL of a test database for the role that owns it. */
export function urlOf(database: string): string {
  return urlAs(OWNER, database);
}

/** Returns the URL of a test database for the API's role. */
export function applicationUrlOf(database: string): string {
  return urlAs(APPLICATION, database);
}

function urlAs(role: string, database: string): string {
  const url = new URL(process.env.TEST_DATABASE_URL ?? '');
  url.username = role;
  url.password = role;
  url.pathname = `/${database}`;
  return url.href;
}

/** Runs work on a connection that may create databases. */
export async function onServer<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: process.env.TEST_DATABASE_URL });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
