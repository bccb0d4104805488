import { rmSync } from 'node:fs';
import { onServer, TEMPLATE } from './server';

/** Removes the template, or the whole server where the run started it, and the document. */
export default async function globalTeardown(): Promise<void> {
  rmSync(globalThis.documentFolder, { recursive: true, force: true });
  const server = globalThis.testServer;
  if (server) await server.remove();
  else await onServer((client) => client.query(`DROP DATABASE IF EXISTS ${TEMPLATE}`));
}
