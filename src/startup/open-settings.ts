import type { Env } from '../../config/env';
import { type EmbeddedServer, startEmbeddedServer } from '../embedded-postgres';
import { keptTokenSecret } from './secrets';

/** The settings with nothing missing, and how to stop the database that was started for them. */
export interface OpenSettings {
  env: Env;
  stopDatabase(): Promise<void>;
}

/**
 * Fills in what development leaves out: the token secret, kept in DATA_DIR, and the database, an embedded server. `onLost` is told
 * when that server has ended for good.
 */
export async function openSettings(given: Env, log: (line: string) => void, onLost: (error: Error) => void): Promise<OpenSettings> {
  const JWT_SECRET = given.JWT_SECRET || keptTokenSecret(given.DATA_DIR);
  if (given.DATABASE_URL) return { env: Object.freeze({ ...given, JWT_SECRET }), stopDatabase: () => Promise.resolve() };
  const server: EmbeddedServer = await startEmbeddedServer({ dataDir: given.DATA_DIR, log, onLost });
  return { env: Object.freeze({ ...given, JWT_SECRET, DATABASE_URL: server.url }), stopDatabase: server.stop };
}
