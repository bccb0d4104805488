import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { takingRole } from './database-access';
import { databaseAddress } from './database-url';

const CONNECT_MS = 10_000;
const QUERY_MS = 15_000;
const CLOSE_MS = 2_000;

/**
 * Opens one connection outside the pool, for the work of a start or a command; each wait for the server is bounded. With a role, the session
 * begins as that. Throws the driver's error, with the name of the login. A connection that breaks later makes its next query fail.
 */
export async function openClient(url: string, name = 'storekeeper', role = ''): Promise<Client> {
  const { options, ...address } = databaseAddress(url);
  const client = new Client({
    application_name: name,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: QUERY_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: CONNECT_MS,
    ...options,
    ...takingRole(role, options.options),
    ...address,
  });
  // Without a listener, a broken connection would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    // Two settings lead to one database: the login tells whose connection failed.
    throw Object.assign(error as Error, { login: client.user });
  }
}

/** Closes the connection; waits two seconds at most, because a server that is silently gone never answers. */
export async function closeClient(client: Client): Promise<void> {
  await Promise.race([client.end(), delay(CLOSE_MS, undefined, { ref: false })]);
}

/** Runs work on one connection outside the pool, and closes it. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>, name?: string): Promise<T> {
  const client = await openClient(url, name);
  try {
    return await work(client);
  } finally {
    await closeClient(client);
  }
}
