const advice: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'The server that DATABASE_URL names does not answer.',
  ENOTFOUND: 'The host that DATABASE_URL names is not known.',
  '3D000': 'The database that DATABASE_URL names is not there yet; `npm run db:create` makes it.',
  '28P01': 'The server that DATABASE_URL names refuses the password.',
};

/** What to tell a person about a start that failed: advice where one is known, a message, and the stack of what is a fault of ours. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Sequelize wraps the driver's error, which has the code.
  const cause = 'parent' in error && error.parent instanceof Error ? error.parent : error;
  if (cause.message === 'Connection terminated unexpectedly') return 'What answers at DATABASE_URL is no PostgreSQL, or hung up.';
  const known = 'code' in cause ? advice[String(cause.code)] : undefined;
  if (known) return known;
  const isFault = [TypeError, ReferenceError, RangeError, SyntaxError].some((kind) => error instanceof kind);
  return isFault ? (error.stack ?? error.message) : error.message || error.name;
}
