import { loadEnv } from '../../config/env';

const ADVICE: Readonly<Record<string, (setting: string) => string>> = {
  ECONNREFUSED: (setting) => `The server of ${setting} refuses the connection. Is PostgreSQL running there?`,
  ENOTFOUND: (setting) => `The host of ${setting} is unknown. Check its spelling.`,
  '3D000': (setting) => `The database of ${setting} does not exist yet. Create it with \`npm run db:create\`.`,
  '28P01': (setting) => `The server of ${setting} refuses the password.`,
  '28000': (setting) =>
    `The server of ${setting} refuses the login. Check its name, and that it may log in from this machine (pg_hba.conf).`,
};

/** Returns the text for a person whose start or command failed: advice where there is some, else the message; for a bug, the stack. */
export function explainError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Sequelize wraps the driver's error, which carries the code.
  const cause = 'parent' in error && error.parent instanceof Error ? error.parent : error;
  if (cause.message === 'Connection terminated unexpectedly')
    return `The server of ${settingOf(cause)} closed the connection. Is it PostgreSQL?`;
  const known = 'code' in cause ? ADVICE[String(cause.code)]?.(settingOf(cause)) : undefined;
  if (known) return known;
  const isBug = [TypeError, ReferenceError, RangeError, SyntaxError].some((kind) => error instanceof kind);
  return isBug ? (error.stack ?? error.message) : error.message || error.name;
}

/* Which of the two URLs has the login of a connection that failed. */
function settingOf(error: Error): 'DATABASE_URL' | 'MIGRATION_DATABASE_URL' {
  const { MIGRATION_DATABASE_URL: url } = loadEnv(undefined, ['MIGRATION_DATABASE_URL']);
  const isOwners = url !== '' && 'login' in error && decodeURIComponent(new URL(url).username) === error.login;
  return isOwners ? 'MIGRATION_DATABASE_URL' : 'DATABASE_URL';
}
