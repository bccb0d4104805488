import readyServer from '../support/global-setup';
import { onServer, TEMPLATE } from '../support/server';

/** Makes the worker's template at its first run; later ones find it there, since no mutant is in a migration. */
export default async function globalSetup(): Promise<void> {
  const { rowCount } = await onServer((client) => client.query('SELECT FROM pg_database WHERE datname = $1', [TEMPLATE]));
  if (rowCount === 0) await readyServer();
}
