import { invalidBody } from '../../problems/common-problems';
import type { Violation } from '../../problems/problem';
import { jsonPointer } from '../../schema/validate';

/* Far beyond what any request of this API needs; beyond it, validating would cost more than the request is worth. */
const MAX_DEPTH = 32;
const MAX_VALUES = 10_000;

/** How many violations an answer names at most. */
export const MAX_VIOLATIONS = 100;

interface Place {
  readonly value: unknown;
  readonly path: readonly (string | number)[];
}

/**
 * Walks a JSON value before it is validated. Throws `invalid_body` (422) where it is too deep or has too many members; answers the
 * members named `__proto__`, for joi copies objects without them, and what was sent must not vanish unsaid.
 */
export function refuseUnbounded(body: unknown): Violation[] {
  const found: Violation[] = [];
  const waiting: Place[] = [{ value: body, path: [] }];
  for (let seen = 0, place = waiting.pop(); place; place = waiting.pop()) {
    const { value, path } = place;
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
