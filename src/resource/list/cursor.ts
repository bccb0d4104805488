import { hash, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Env } from '../../../config/env';
import { invalidCursor } from '../../http/problems/kinds';
import type { Cursor, Position } from './keyset';

/* Of base64url, which is 18 bytes. */
const SIGNATURE_LETTERS = 24;

/** Writes a cursor: opaque, and signed together with the list it belongs to (resource, sort, filters, whom its rows are for). */
export function writeCursor(env: Env, list: string, { position, backwards, inclusive }: Cursor): string {
  const place = Buffer.from(JSON.stringify([backwards, inclusive, ...position])).toString('base64url');
  return signature(env, list, place) + place;
}

/** Reads a cursor; throws `invalid_cursor` (400) when it was tampered with or made for another list. */
export function readCursor(env: Env, list: string, token: string): Cursor {
  const place = token.slice(SIGNATURE_LETTERS);
  if (!isSame(token.slice(0, SIGNATURE_LETTERS), signature(env, list, place))) {
    throw invalidCursor.because('Take the cursor from the answer to the same sort and filters, or leave it out to begin again.', {
      errors: [{ pointer: 'cursor', code: 'invalid_cursor', message: 'cursor is not of this list' }],
    });
  }
  const [backwards, inclusive, ...position] = JSON.parse(Buffer.from(place, 'base64url').toString()) as [boolean, boolean, ...Position];
  return { position, backwards, inclusive };
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
