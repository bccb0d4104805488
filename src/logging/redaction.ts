const SECRET = /pass(word|phrase)?|secret|token|authorization|cookie|api[-_]?key|credential/i;
const REDACTED = '[redacted]';
const MAX_DEPTH = 6;

/** Returns a copy in which every member that is named like a secret is redacted, at any depth; an error keeps its name, message, stack and cause. */
export function redact(value: unknown, depth = 0): unknown {
  if (value instanceof Error) return redactError(value, depth);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === MAX_DEPTH) return '[too deep]';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, SECRET.test(name) ? REDACTED : redact(member, depth + 1)]),
  );
}

/*
 * Only these members: the driver's errors also carry the values of the statement. The message of PostgreSQL quotes values, and so does
 * Sequelize's, which repeats it.
 */
function redactError(error: Error, depth: number): object {
  const { name, stack, cause } = error;
  const fault = databaseFault(error);
  const message = fault ?? error.message;
  const frames = fault === null ? stack : [`${name}: ${fault}`, ...(stack?.match(/^ +at .*$/gm) ?? [])].join('\n');
  return { name, message, stack: frames, ...(cause !== undefined && depth < MAX_DEPTH && { cause: redact(cause, depth + 1) }) };
}

interface DriverError {
  readonly original?: unknown;
  readonly severity?: unknown;
  readonly code?: unknown;
  readonly constraint?: unknown;
}

/* What PostgreSQL says without values: https://www.postgresql.org/docs/current/protocol-error-fields.html */
function databaseFault(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  const { original, severity, code, constraint } = error as DriverError;
  if (original) return databaseFault(original);
  if (typeof severity !== 'string' || typeof code !== 'string') return null;
  return `SQLSTATE ${code}${typeof constraint === 'string' ? ` (${constraint})` : ''}`;
}
