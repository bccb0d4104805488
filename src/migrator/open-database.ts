import { type Env, loadEnv, loadEnvFile } from '../../config/env';
import { startEmbeddedServer } from '../embedded-postgres';

const SETTINGS = ['NODE_ENV', 'DATABASE_URL', 'DATA_DIR', 'MIGRATION_WAIT_MS'] as const;

/** A database for a command, until `stop`. */
export interface OpenDatabase {
  readonly url: string;
  readonly settings: Pick<Env, (typeof SETTINGS)[number]>;
  stop(): Promise<void>;
}

/**
 * Opens the database of the settings for a command: DATABASE_URL, else the embedded server of DATA_DIR, which it starts unless it is
 * running. It reads only these settings, because a command needs no secret of the API. Throws where production has no DATABASE_URL.
 */
export async function openDatabase(signal?: AbortSignal): Promise<OpenDatabase> {
  loadEnvFile();
  const settings = loadEnv(undefined, SETTINGS);
  const { DATABASE_URL, DATA_DIR, MIGRATION_WAIT_MS } = settings;
  if (DATABASE_URL) return { url: DATABASE_URL, settings, stop: () => Promise.resolve() };
  const server = await startEmbeddedServer({
    dataDir: DATA_DIR,
    purpose: 'command',
    waitMs: MIGRATION_WAIT_MS,
    log: (line) => process.stdout.write(`${line}\n`),
    ...(signal && { signal }),
  });
  return { url: server.url, settings, stop: server.stop };
}
