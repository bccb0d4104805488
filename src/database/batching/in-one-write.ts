import type { Client } from 'pg';

/**
 * Sends all statements that `send` gives to the connection in one write. With a write each, PostgreSQL wakes up each time, which is a
 * fifth of what a process does under orders.
 */
export function inOneWrite<T>(connection: Client, send: () => T): T {
  const { stream } = connection.connection;
  stream.cork();
  try {
    return send();
  } finally {
    stream.uncork();
  }
}
