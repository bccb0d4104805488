import { onServer, TEMPLATE } from './server';

/** Removes the template, or the whole server where the run started it. */
export default async function globalTeardown(): Promise<void> {
  const server = globalThis.testServer;
  if (server) await server.remove();
  else await onServer((client) => client.query(`DROP DATABASE IF EXISTS ${TEMPLATE}`));
}
