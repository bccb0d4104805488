import { invalidBody } from '../../problems/common-problems';
import type { Violation } from '../../problems/problem';
import { jsonPointer } from '../../schema/validate';

/* Far beyond what a request of this API needs; they bound the time that validation takes. */
const MAX_DEPTH = 32;
const MAX_VALUES = 10_000;

/** The most violations that a response names. */
export const MAX_VIOLATIONS = 100;

interface Node {
  readonly value: unknown;
  readonly path: readonly (string | number)[];
}

/**
 * Checks the depth and size of a body before it is validated; throws `invalid_body` (422) if either is too large. Returns a violation for
 * each member named `__proto__`: joi copies objects without it, and no member may be dropped silently.
 */
export function requireBounded(body: unknown): Violation[] {
  const found: Violation[] = [];
  const waiting: Node[] = [{ value: body, path: [] }];
  for (let seen = 0, node = waiting.pop(); node; node = waiting.pop()) {
    const { value, path } = node;
    if (typeof value !== 'object' || value === null) continue;
    const members = Object.entries(value);
    seen += members.length;
    if (seen > MAX_VALUES) throw refused('too_many', `the body has more than ${MAX_VALUES} members`);
    if (path.length === MAX_DEPTH && members.length > 0) throw refused('too_deep', `the body is deeper than ${MAX_DEPTH} levels`);
    for (const [name, member] of members) waiting.push({ value: member, path: [...path, name] });
    if (Object.hasOwn(value, '__proto__')) found.push(prototypeMember([...path, '__proto__']));
  }
  return found;
}

function refused(code: string, message: string) {
  return invalidBody.because(message, { errors: [{ pointer: '', code, message }] });
}

function prototypeMember(path: readonly (string | number)[]): Violation {
  return { pointer: jsonPointer(path), code: 'unknown_field', message: '__proto__ is not allowed' };
}
