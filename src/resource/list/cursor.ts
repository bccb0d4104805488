import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Env } from '../../../config/env';
import { MAX_CURSOR } from '../../http/input/schema';
import { invalidCursor } from '../../http/problems/kinds';
import type { Cursor } from './keyset';

const SIGNATURE_BYTES = 16;

/** Writes a cursor: opaque, and signed together with the list it belongs to (resource, sort, filters, whom its rows are for). */
export function writeCursor(env: Env, list: string, { position, backwards, inclusive }: Cursor): string {
  const payload = Buffer.from(JSON.stringify([backwards, inclusive, ...position]));
  return Buffer.concat([signature(env, list, payload), payload]).toString('base64url');
}

/** Reads a cursor; throws `invalid_cursor` (400) when it was tampered with or made for another list. */
export function readCursor(env: Env, list: string, token: string): Cursor {
  const bytes = Buffer.from(token.slice(0, MAX_CURSOR), 'base64url');
  const payload = bytes.subarray(SIGNATURE_BYTES);
  const given = bytes.subarray(0, SIGNATURE_BYTES);
  const isGenuine =
    given.length === SIGNATURE_BYTES && timingSafeEqual(given, signature(env, list, payload)) && bytes.toString('base64url') === token;
  if (!isGenuine) {
    throw invalidCursor.because('Take the cursor from the answer to the same sort and filters, or leave it out to begin again.', {
      errors: [{ pointer: 'cursor', code: 'invalid_cursor', message: 'cursor is not of this list' }],
    });
  }
  const [backwards, inclusive, ...position] = JSON.parse(payload.toString()) as [boolean, boolean, ...(string | null)[]];
  return { position, backwards, inclusive };
}

function signature(env: Env, list: string, payload: Buffer): Buffer {
  return createHmac('sha256', keyOf(env)).update(list).update('\n').update(payload).digest().subarray(0, SIGNATURE_BYTES);
}

const keys = new WeakMap<Env, Buffer>();

/* A key of its own, derived (HKDF, RFC 5869), so that a cursor's signature says nothing about tokens. */
function keyOf(env: Env): Buffer {
  const known = keys.get(env);
  if (known) return known;
  const key = Buffer.from(hkdfSync('sha256', env.JWT_SECRET, '', 'storekeeper cursor', 32));
  keys.set(env, key);
  return key;
}
