import { loadEnvFile } from '../../config/env';
import { startEmbeddedServer } from '../embedded-postgres';

/** A database for a command, until `stop`. */
export interface OpenDatabase {
  url: string;
  isEmbedded: boolean;
  stop(): Promise<void>;
}

/**
 * Opens the database of the settings for a command: DATABASE_URL, else the embedded server of DATA_DIR, which it starts unless it is
 * running. It reads only these settings, because a command needs no secret of the API. Throws where production has no DATABASE_URL.
 */
export async function openDatabase(settings: NodeJS.ProcessEnv): Promise<OpenDatabase> {
  loadEnvFile();
  const { DATABASE_URL, DATA_DIR, NODE_ENV } = settings;
  if (DATABASE_URL) return { url: DATABASE_URL, isEmbedded: false, stop: () => Promise.resolve() };
  if (NODE_ENV === 'production') throw new Error('Set DATABASE_URL: with NODE_ENV=production there is no embedded server.');
  const server = await startEmbeddedServer({
    dataDir: DATA_DIR || '.data',
    purpose: 'command',
    log: (line) => process.stdout.write(`${line}\n`),
  });
  return { url: server.url, isEmbedded: true, stop: server.stop };
}
