const SECRET = /pass(word|phrase)?|secret|token|authorization|cookie|api[-_]?key|credential/i;
const REDACTED = '[redacted]';
const MAX_DEPTH = 6;

/** A copy without what looks like a secret by its name, at any depth; errors become their name, message and stack. */
export function redact(value: unknown, depth = 0): unknown {
  if (value instanceof Error) return redactError(value, depth);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === MAX_DEPTH) return '[deep]';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, SECRET.test(name) ? REDACTED : redact(member, depth + 1)]),
  );
}

/* Only these members: a driver's error also carries the statement's values. */
function redactError({ name, message, stack, cause }: Error, depth: number): object {
  return { name, message, stack, ...(cause !== undefined && depth < MAX_DEPTH && { cause: redact(cause, depth + 1) }) };
}
