const advice: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'The server of DATABASE_URL refuses the connection. Is PostgreSQL running there?',
  ENOTFOUND: 'The host of DATABASE_URL is unknown. Check its spelling.',
  '3D000': 'The database of DATABASE_URL does not exist yet. Create it with `npm run db:create`.',
  '28P01': 'The server of DATABASE_URL refuses the password.',
};

/** Returns the text for a person whose start or command failed: advice where there is some, else the message; for a bug, the stack. */
export function explainError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Sequelize wraps the driver's error, which carries the code.
  const cause = 'parent' in error && error.parent instanceof Error ? error.parent : error;
  if (cause.message === 'Connection terminated unexpectedly') return 'The server of DATABASE_URL closed the connection. Is it PostgreSQL?';
  const known = 'code' in cause ? advice[String(cause.code)] : undefined;
  if (known) return known;
  const isBug = [TypeError, ReferenceError, RangeError, SyntaxError].some((kind) => error instanceof kind);
  return isBug ? (error.stack ?? error.message) : error.message || error.name;
}
