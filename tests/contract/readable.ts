type Json = Record<string, unknown>;

/** Returns a schema in the keywords that Specmatic 2.55.1 supports; jest checks every response against the others. */
export function readable(node: unknown): unknown {
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map(readable);
  const entries = Object.entries(node).filter(([name, value]) => !isUnreadable(name, value, node as Json));
  const copy: Json = Object.fromEntries(entries.map(([name, value]) => [name, readable(value)]));
  return withEmailFormat(copy, node as Json);
}

function isUnreadable(name: string, value: unknown, { type }: Json): boolean {
  if (name === 'pattern') return typeof value === 'string' && isUnreadablePattern(value);
  // Supported on `object` only: with `[object, null]` Specmatic calls the document invalid.
  if (name === 'additionalProperties') return Array.isArray(type);
  // Specmatic sends an example instead of a generated value, and expects the example of a response.
  return (name === 'example' || name === 'examples') && (Array.isArray(value) || type !== 'object');
}

/*
 * Specmatic reads patterns as expressions of dk.brics.automaton, where " < & ~ @ # are operators. \S and \u0000 generate texts that do
 * not match, and a pattern that begins or ends with a slash is refused as a literal with delimiters.
 */
function isUnreadablePattern(pattern: string): boolean {
  return /["<&~@#]|^\^\(?\\?\/|\/\$$|u0000|\\[Sv0]|\(\?[!=<]/.test(pattern);
}

/* An email loses its pattern, which contains an @; the format keeps it an email. */
function withEmailFormat(copy: Json, { pattern }: Json): Json {
  if (typeof pattern !== 'string' || !pattern.includes('@')) return copy;
  const { minLength, maxLength, ...rest } = copy;
  return { ...rest, format: 'email' };
}
