import readyServer from '../support/global-setup';
import { onServer, TEMPLATE } from '../support/server';

/** Creates the worker's template in its first run; later runs use it, because no mutant is in a migration. */
export default async function globalSetup(): Promise<void> {
  const { rowCount } = await onServer((client) => client.query('SELECT FROM pg_database WHERE datname = $1', [TEMPLATE]));
  if (rowCount === 0) await readyServer();
}
