type Json = Record<string, unknown>;

/** A schema, and all below it, in the words that Specmatic 2.55.1 understands; what it leaves out, jest holds every answer to. */
export function readable(node: unknown): unknown {
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map(readable);
  const entries = Object.entries(node).filter(([name, value]) => !isUnreadable(name, value, node as Json));
  const copy: Json = Object.fromEntries(entries.map(([name, value]) => [name, readable(value)]));
  return withEmailFormat(copy, node as Json);
}

function isUnreadable(name: string, value: unknown, { type }: Json): boolean {
  if (name === 'pattern') return typeof value === 'string' && isUnreadablePattern(value);
  // Known on `object` alone: on `[object, null]` the document is called invalid.
  if (name === 'additionalProperties') return Array.isArray(type);
  // An example would be sent instead of what is generated, and one of an answer be waited for.
  return (name === 'example' || name === 'examples') && (Array.isArray(value) || type !== 'object');
}

/*
 * Patterns are read as expressions of dk.brics.automaton: there " < & ~ @ # mean something else, \S and \u0000 make what does not match
 * the pattern, and one that begins or ends in a slash is refused as a literal with delimiters.
 */
function isUnreadablePattern(pattern: string): boolean {
  return /["<&~@#]|^\^\(?\\?\/|\/\$$|u0000|\\S/.test(pattern);
}

/* Without its pattern (it holds an @) an email would be any text. */
function withEmailFormat(copy: Json, { pattern }: Json): Json {
  if (typeof pattern !== 'string' || !pattern.includes('@')) return copy;
  const { minLength, maxLength, ...rest } = copy;
  return { ...rest, format: 'email' };
}
