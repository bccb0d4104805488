import { invalidCursor } from '../../../problems/common-problems';
import { CHECKSUM_LENGTH, checksumOf } from '../../../schema/checksum';
import { BASE64URL } from '../../../schema/format';
import { matching, opaqueText, type Schema } from '../../../schema/schema';
import type { Direction, Position } from './keyset';

/** A position in a list, and how to go on from there. */
export interface Cursor extends Direction {
  readonly position: Position;
}

/** A cursor that is well formed, before it is known whether it belongs to the list. */
export interface ParsedCursor extends Cursor {
  readonly text: string;
  readonly checksum: string;
  /** What the checksum covers beside the list. */
  readonly encodedPosition: string;
}

const MAX_LENGTH = 4_096;

/* The letter of a cursor without a position, that of the last page. */
const LAST = 'l';
/* The first letter: f forwards, b backwards; a capital includes the row of the position. */
const DIRECTIONS = new Map<string, Direction>([
  ['f', { backwards: false, inclusive: false }],
  ['F', { backwards: false, inclusive: true }],
  ['b', { backwards: true, inclusive: false }],
  ['B', { backwards: true, inclusive: true }],
  [LAST, { backwards: true, inclusive: true }],
]);
const OPPOSITES = new Map([
  ['f', 'B'],
  ['B', 'f'],
  ['F', 'b'],
  ['b', 'F'],
]);

/* A forged cursor gains nothing, for its values are bound parameters under the actor's own scope (docs/adr/0010). */

/** Returns the schema of a cursor, which is opaque to clients: base64url. */
export function cursorSchema(): Schema<string> {
  return matching(opaqueText(1, MAX_LENGTH), BASE64URL, MAX_LENGTH);
}

/** Writes a cursor of the list with this identity. */
export function writeCursor(list: string, { position, backwards, inclusive }: Cursor): string {
  const letter = backwards ? 'b' : 'f';
  const encoded = Buffer.from(JSON.stringify(position)).toString('base64url');
  return (inclusive ? letter.toUpperCase() : letter) + checksumOf(list, encoded) + encoded;
}

/** Writes the cursor of the last page of the list with this identity: backwards from its end. */
export function writeLastCursor(list: string): string {
  return LAST + checksumOf(list, '');
}

/** Parses a cursor; throws `invalid_cursor` (400) where it is malformed. */
export function parseCursor(token: string): ParsedCursor {
  const direction = DIRECTIONS.get(token.charAt(0));
  const encodedPosition = token.slice(1 + CHECKSUM_LENGTH);
  const position = token.startsWith(LAST) && encodedPosition === '' ? [] : decoded(encodedPosition);
  if (!direction || !position) throw notOfThisList();
  return { ...direction, position, text: token, checksum: token.slice(1, 1 + CHECKSUM_LENGTH), encodedPosition };
}

/** Returns whether the cursor was written for the list with this identity and number of sort keys. */
export function isCursorOf(list: string, keys: number, { checksum, encodedPosition, position }: ParsedCursor): boolean {
  const isLast = encodedPosition === '';
  return (position.length === keys || isLast) && checksum === checksumOf(list, encodedPosition);
}

/** Returns the cursor that leads back: what one of the two leaves out, the other begins with. Nothing comes after the last page. */
export function oppositeCursor(token: string): string | null {
  const opposite = OPPOSITES.get(token.charAt(0));
  return opposite === undefined ? null : opposite + token.slice(1);
}

function decoded(encodedPosition: string): Position | null {
  try {
    const position: unknown = JSON.parse(Buffer.from(encodedPosition, 'base64url').toString());
    const isPosition = Array.isArray(position) && position.every((value) => value === null || typeof value === 'string');
    return isPosition ? position : null;
  } catch {
    return null;
  }
}

/** Returns the problem `invalid_cursor` (400). */
export function notOfThisList() {
  return invalidCursor.because('Use the cursor of a response with the same sort and filters, or leave it out to start again.', {
    errors: [{ pointer: 'cursor', code: 'invalid_cursor', message: 'cursor does not belong to this list' }],
  });
}
