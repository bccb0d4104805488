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

/* Only these members: the driver's errors also carry the values of the statement. */
function redactError({ name, message, stack, cause }: Error, depth: number): object {
  return { name, message, stack, ...(cause !== undefined && depth < MAX_DEPTH && { cause: redact(cause, depth + 1) }) };
}
