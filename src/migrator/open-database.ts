import { type Env, loadEnv, loadEnvFile } from '../../config/env';
import { type DatabaseAccess, databaseAccess } from '../database/connection/database-access';
import { startEmbeddedServer } from '../embedded-postgres';

const SETTINGS = ['NODE_ENV', 'DATABASE_URL', 'MIGRATION_DATABASE_URL', 'DATABASE_ROLE', 'DATA_DIR', 'MIGRATION_WAIT_MS'] as const;

/** A database for a command, until `stop`. */
export interface OpenDatabase {
  /** As its owner. */
  readonly url: string;
  /** How the API reaches it. */
  readonly access: DatabaseAccess;
  readonly settings: Pick<Env, (typeof SETTINGS)[number]>;
  stop(): Promise<void>;
}

/**
 * Opens the database of the settings for a command: that of the URLs, else the embedded server of DATA_DIR, which it starts unless it is
 * running. It reads only these settings, because a command needs no secret of the API. Throws where production has no DATABASE_URL.
 */
export async function openDatabase(signal?: AbortSignal): Promise<OpenDatabase> {
  loadEnvFile();
  const settings = loadEnv(undefined, SETTINGS);
  const { DATABASE_URL, MIGRATION_DATABASE_URL, DATA_DIR, MIGRATION_WAIT_MS } = settings;
  if (DATABASE_URL || MIGRATION_DATABASE_URL) {
    const access = databaseAccess(settings);
    return { url: access.MIGRATION_DATABASE_URL, access, settings, stop: () => Promise.resolve() };
  }
  const server = await startEmbeddedServer({
    dataDir: DATA_DIR,
    purpose: 'command',
    waitMs: MIGRATION_WAIT_MS,
    log: (line) => process.stdout.write(`${line}\n`),
    ...(signal && { signal }),
  });
  const access = { DATABASE_URL: server.applicationUrl, MIGRATION_DATABASE_URL: server.url, DATABASE_ROLE: '' };
  return { url: server.url, access, settings, stop: server.stop };
}
