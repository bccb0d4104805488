/** The stable parts of a database error: the SQLSTATE and the names of what it concerns. */
export interface DatabaseFault {
  readonly sqlstate: string;
  readonly constraint: string;
  readonly table: string;
  readonly column: string;
}

interface DriverError {
  readonly code?: unknown;
  readonly constraint?: unknown;
  readonly table?: unknown;
  readonly column?: unknown;
  readonly original?: unknown;
  readonly severity?: unknown;
}

const SHARD_SUFFIX = /_\d{4,20}$/;

/**
 * Returns the fault of a driver's error, or of one that Sequelize wrapped; null for any other error. Never reads the message, which
 * is translated and quotes values. Drops the shard suffix of a distributed table.
 */
export function databaseFault(error: unknown): DatabaseFault | null {
  if (typeof error !== 'object' || error === null) return null;
  const { original } = error as DriverError;
  if (original) return databaseFault(original);
  const { code, constraint, table, column, severity } = error as DriverError;
  if (typeof code !== 'string' || code.length !== 5 || typeof severity !== 'string') return null;
  return { sqlstate: code, constraint: named(constraint), table: named(table), column: named(column) };
}

/** Returns whether the session has ended: by PostgreSQL (shutdown, termination, a timeout of the session), or because the answer was lost. */
export function isEndOfSession(error: unknown): boolean {
  const fault = databaseFault(error);
  return fault === null || /^(57P|08|25P0[34])/.test(fault.sqlstate);
}

function named(value: unknown): string {
  return typeof value === 'string' ? value.replace(SHARD_SUFFIX, '') : '';
}
