import type { Env } from '../../config/env';
import { type EmbeddedServer, type EmbeddedServerOptions, startEmbeddedServer } from '../embedded-postgres';
import { savedTokenSecret } from './saved-token-secret';

/** Complete settings, and the stop of the database that was started for them, within milliseconds. */
export interface OpenSettings {
  env: Env;
  stopDatabase(withinMs: number): Promise<void>;
}

/**
 * Completes the settings of a development shop: a token secret kept in DATA_DIR, and an embedded database. Calls `onLost` when that
 * database has ended and cannot be restarted.
 */
export async function openSettings(
  given: Env,
  options: Required<Pick<EmbeddedServerOptions, 'log' | 'onLost' | 'signal'>>,
): Promise<OpenSettings> {
  const JWT_SECRET = given.JWT_SECRET || savedTokenSecret(given.DATA_DIR);
  if (given.DATABASE_URL) return { env: Object.freeze({ ...given, JWT_SECRET }), stopDatabase: () => Promise.resolve() };
  const server: EmbeddedServer = await startEmbeddedServer({
    dataDir: given.DATA_DIR,
    waitMs: given.MIGRATION_WAIT_MS,
    ...options,
  });
  return { env: Object.freeze({ ...given, JWT_SECRET, DATABASE_URL: server.url }), stopDatabase: server.stop };
}
