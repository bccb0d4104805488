import { type Env, EnvError } from '../../../config/env';
import { isGuessable } from '../../accounts';
import { type DatabaseAccess, databaseAccess } from '../../database/connection/database-access';
import { type EmbeddedServer, type EmbeddedServerOptions, startEmbeddedServer } from '../../embedded-postgres';
import { savedTokenSecret } from './saved-token-secret';

/** Complete settings, and the stop of the database that was started for them, within milliseconds. */
export interface OpenSettings {
  env: Env;
  stopDatabase(withinMs: number): Promise<void>;
}

/**
 * Completes the settings of a development shop: a token secret kept in DATA_DIR, and an embedded database; and the logins of the
 * database (docs/adr/0014). Calls `onLost` when that
 * database has ended and cannot be restarted; throws `EnvError` where production has an ADMIN_PASSWORD that is easy to guess.
 */
export async function openSettings(
  given: Env,
  options: Required<Pick<EmbeddedServerOptions, 'log' | 'onLost' | 'signal'>>,
): Promise<OpenSettings> {
  requireUnguessablePassword(given);
  const JWT_SECRET = given.JWT_SECRET || savedTokenSecret(given.DATA_DIR);
  if (given.DATABASE_URL || given.MIGRATION_DATABASE_URL)
    return { env: Object.freeze({ ...given, JWT_SECRET, ...databaseAccess(given) }), stopDatabase: () => Promise.resolve() };
  const server: EmbeddedServer = await startEmbeddedServer({
    dataDir: given.DATA_DIR,
    waitMs: given.MIGRATION_WAIT_MS,
    ...options,
  });
  const access: DatabaseAccess = { DATABASE_URL: server.applicationUrl, MIGRATION_DATABASE_URL: server.url, DATABASE_ROLE: '' };
  return { env: Object.freeze({ ...given, JWT_SECRET, ...access }), stopDatabase: server.stop };
}

/* The rule for everybody's passwords; before the database, so that a refused start has changed nothing. */
function requireUnguessablePassword({ NODE_ENV, ADMIN_EMAIL, ADMIN_PASSWORD }: Env): void {
  if (NODE_ENV !== 'production' || ADMIN_PASSWORD === '' || !isGuessable(ADMIN_PASSWORD, [ADMIN_EMAIL])) return;
  const fault = 'ADMIN_PASSWORD is too easy to guess: it is a common password, a pattern, or the name in ADMIN_EMAIL';
  throw new EnvError([`${fault}. Set another, or none, for one that is generated.`]);
}
