import { Client } from 'pg';

/** The migrated database that each test file gets a copy of. */
export const TEMPLATE = `template_storekeeper_${process.env.TEST_RUN ?? 'main'}`;

/** Returns the URL of a test database for the role that owns it, which is no superuser. */
export function urlOf(database: string): string {
  const url = new URL(process.env.TEST_DATABASE_URL ?? '');
  url.username = 'shop_test';
  url.password = 'shop_test';
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
