import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { onServer, TEMPLATE } from './server';

/** Leaves nothing behind: the template, or the whole server where it was ours. */
export default async function globalTeardown(): Promise<void> {
  const server = globalThis.testServer;
  if (!server) {
    await onServer((client) => client.query(`DROP DATABASE IF EXISTS ${TEMPLATE}`));
    return;
  }
  await server.stop();
  const record = join(server.dataDir, 'embedded-postgres.json');
  const home = existsSync(record) ? (JSON.parse(readFileSync(record, 'utf8')) as { home?: string }).home : undefined;
  rmSync(server.dataDir, { recursive: true, force: true });
  if (home) rmSync(home, { recursive: true, force: true });
}
