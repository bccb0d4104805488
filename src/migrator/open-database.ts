import { loadEnvFile } from '../../config/env';
import { startEmbeddedServer } from '../embedded-postgres';

/** A database to work on until it is stopped. */
export interface OpenDatabase {
  url: string;
  isEmbedded: boolean;
  stop(): Promise<void>;
}

/**
 * Opens the database that the settings name, for a command: DATABASE_URL, else the embedded server of DATA_DIR, used where it runs
 * and started where it doesn't. The commands read these two settings themselves, for they need no secret of the API's.
 */
export async function openDatabase(settings: NodeJS.ProcessEnv): Promise<OpenDatabase> {
  loadEnvFile();
  const { DATABASE_URL, DATA_DIR, NODE_ENV } = settings;
  if (DATABASE_URL) return { url: DATABASE_URL, isEmbedded: false, stop: () => Promise.resolve() };
  if (NODE_ENV === 'production') throw new Error('DATABASE_URL is missing: with NODE_ENV=production there is no embedded server.');
  const server = await startEmbeddedServer({
    dataDir: DATA_DIR || '.data',
    purpose: 'command',
    log: (line) => process.stdout.write(`${line}\n`),
  });
  return { url: server.url, isEmbedded: true, stop: server.stop };
}
