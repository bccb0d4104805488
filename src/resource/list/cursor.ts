import { hash, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Env } from '../../../config/env';
import { invalidCursor } from '../../http/problems/kinds';
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

/** Writes a cursor: opaque, its place signed together with the list it belongs to (resource, sort, filters, whom its rows are for). */
export function writeCursor(env: Env, list: string, { position, backwards, inclusive }: Cursor): string {
  const letter = backwards ? 'b' : 'f';
  const place = Buffer.from(JSON.stringify(position)).toString('base64url');
  return (inclusive ? letter.toUpperCase() : letter) + signature(env, list, place) + place;
}

/** Reads a cursor; throws `invalid_cursor` (400) when it was tampered with or made for another list. */
export function readCursor(env: Env, list: string, token: string): Cursor {
  const way = WAYS.get(token.charAt(0));
  const place = token.slice(1 + SIGNATURE_LETTERS);
  if (!way || !isSame(token.slice(1, 1 + SIGNATURE_LETTERS), signature(env, list, place))) {
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

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/*
 * SHA-3 of key and message is a MAC as it stands, for it cannot be extended (https://keccak.team/keccak_strengths.html); an HMAC object
 * takes twice as long, three times a page (docs/adr/0010). Neither list nor place, being JSON and base64url, has a line's end in it.
 */
function signature(env: Env, list: string, place: string): string {
  return hash('sha3-256', `${keyOf(env)}\n${list}\n${place}`, 'base64url').slice(0, SIGNATURE_LETTERS);
}

const keys = new WeakMap<Env, string>();

/* A key of its own, derived (HKDF, RFC 5869), so that a cursor's signature says nothing about tokens. */
function keyOf(env: Env): string {
  const known = keys.get(env);
  if (known !== undefined) return known;
  const key = Buffer.from(hkdfSync('sha256', env.JWT_SECRET, '', 'storekeeper cursor', 32)).toString('hex');
  keys.set(env, key);
  return key;
}
