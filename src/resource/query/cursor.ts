import { hash, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Env } from '../../../config/env';
import { invalidCursor } from '../../problems/common-problems';
import type { Cursor, Position, Way } from './keyset';

/* Of base64url, which is 18 bytes. */
const SIGNATURE_LETTERS = 24;

/* A cursor's first letter. It is not signed: from a place that its reader was given, he may go either way. */
const WAYS = new Map<string, Way>([
  ['f', { backwards: false, inclusive: false }],
  ['F', { backwards: false, inclusive: true }],
  ['b', { backwards: true, inclusive: false }],
  ['B', { backwards: true, inclusive: true }],
]);
const TURNED = new Map([...'fBFb'].map((letter, at) => [letter, [...'BfbF'][at] as string]));

/** What the cursors of one list are signed with. */
export interface CursorKey {
  readonly secret: string;
}

/** The key that the cursors of a list are signed with: of another list (resource, sort, filters, whom its rows are for) it is another. */
export function cursorKey(env: Env, list: string): CursorKey {
  return { secret: hash('sha3-256', `${secretOf(env)}\n${list}`, 'base64url') };
}

/** Writes a cursor: opaque, its place signed with the key of its list. */
export function writeCursor(key: CursorKey, { position, backwards, inclusive }: Cursor): string {
  const letter = backwards ? 'b' : 'f';
  const place = Buffer.from(JSON.stringify(position)).toString('base64url');
  return (inclusive ? letter.toUpperCase() : letter) + signature(key, place) + place;
}

/** Reads a cursor; throws `invalid_cursor` (400) when it was tampered with or made for another list. */
export function readCursor(key: CursorKey, token: string): Cursor {
  const way = WAYS.get(token.charAt(0));
  const place = token.slice(1 + SIGNATURE_LETTERS);
  if (!way || !isSame(token.slice(1, 1 + SIGNATURE_LETTERS), signature(key, place))) {
    throw invalidCursor.because('Take the cursor from the answer to the same sort and filters, or leave it out to begin again.', {
      errors: [{ pointer: 'cursor', code: 'invalid_cursor', message: 'cursor is not of this list' }],
    });
  }
  const position = JSON.parse(Buffer.from(place, 'base64url').toString()) as Position;
  return { position, backwards: way.backwards, inclusive: way.inclusive };
}

/** The cursor that leads back from where this one led on: what one of the two leaves out, the other begins with. */
export function turnedRound(token: string): string {
  return (TURNED.get(token.charAt(0)) ?? '') + token.slice(1);
}

/* Into buffers that are kept: making two takes longer than comparing. What has a letter of several bytes is not the signature, or too long. */
function isSame(given: string, expected: string): boolean {
  EXPECTED.write(expected);
  return given.length === SIGNATURE_LETTERS && GIVEN.write(given) === SIGNATURE_LETTERS && timingSafeEqual(GIVEN, EXPECTED);
}

const GIVEN = Buffer.alloc(SIGNATURE_LETTERS);
const EXPECTED = Buffer.alloc(SIGNATURE_LETTERS);

/*
 * SHA-3 of key and message is a MAC as it stands, for it cannot be extended (https://keccak.team/keccak_strengths.html); an HMAC object
 * takes twice as long (docs/adr/0010). That of a list is a key in turn, so that what is signed for a page fits one block of the hash, in
 * half the time. A place, being base64url, has no line's end in it, nor has a list, which is JSON.
 */
function signature({ secret }: CursorKey, place: string): string {
  return hash('sha3-256', `${secret}\n${place}`, 'base64url').slice(0, SIGNATURE_LETTERS);
}

const secrets = new WeakMap<Env, string>();

/* A key of its own, derived (HKDF, RFC 5869), so that a cursor's signature says nothing about tokens. */
function secretOf(env: Env): string {
  const known = secrets.get(env);
  if (known !== undefined) return known;
  const secret = Buffer.from(hkdfSync('sha256', env.JWT_SECRET, '', 'storekeeper cursor', 32)).toString('hex');
  secrets.set(env, secret);
  return secret;
}
