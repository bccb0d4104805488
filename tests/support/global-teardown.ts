import { onServer, TEMPLATE } from './server';

/** Leaves nothing behind: the template, or the whole server where it was ours. */
export default async function globalTeardown(): Promise<void> {
  const server = globalThis.testServer;
  if (server) await server.remove();
  else await onServer((client) => client.query(`DROP DATABASE IF EXISTS ${TEMPLATE}`));
}
