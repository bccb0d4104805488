import type { Request } from 'express';
import type { Env } from '../../../../config/env';
import { idempotencyKeyRequired } from '../../../idempotency/problems';
import { invalidParameters } from '../../../problems/common-problems';
import type { Problem } from '../../../problems/problem';
import { type Endpoint, isWrite } from '../../endpoint';

/** The fewest and the most characters of an Idempotency-Key. */
export const MIN_KEY = 16;
export const MAX_KEY = 255;

/**
 * Returns the Idempotency-Key of a write; null where it has none, and for a read. Throws `invalid_parameters` (400) unless the key has 16 to
 * 255 visible ASCII characters.
 */
export function readIdempotencyKey({ headers }: Request, endpoint: Endpoint): string | null {
  const key = headers['idempotency-key'];
  return key === undefined || !isWrite(endpoint) ? null : validKey(String(key));
}

/** Throws `idempotency_key_required` (428) for a write of this endpoint without a key, where there must be one. */
export function requireIdempotencyKey({ REQUIRE_IDEMPOTENCY_KEY }: Env, { requiresIdempotencyKey }: Endpoint, key: string | null): void {
  if (key !== null || !REQUIRE_IDEMPOTENCY_KEY || !requiresIdempotencyKey) return;
  throw idempotencyKeyRequired.because(
    'Send an Idempotency-Key, such as a random UUID, and the same one whenever you repeat this request: it then takes effect once.',
  );
}

/* Two headers arrive as one with a comma and a space between them, and are refused by the space. */
function validKey(key: string): string {
  if (key.length < MIN_KEY) throw refused('too_short', `must have at least ${MIN_KEY} characters; a random UUID does`);
  if (key.length > MAX_KEY) throw refused('too_long', `must have at most ${MAX_KEY} characters`);
  if (!/^[!-~]+$/.test(key)) throw refused('malformed', 'must be visible ASCII characters, without spaces');
  return key;
}

function refused(code: string, rule: string): Problem {
  const message = `Idempotency-Key ${rule}`;
  return invalidParameters.because(`${message}.`, { errors: [{ pointer: 'Idempotency-Key', code, message }] });
}
