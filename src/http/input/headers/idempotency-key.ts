import type { Request } from 'express';
import type { Env } from '../../../../config/env';
import { idempotencyKeyRequired } from '../../../idempotency/problems';
import { invalidParameters } from '../../../problems/common-problems';
import type { Problem } from '../../../problems/problem';
import type { Endpoint } from '../../endpoint';

/** The fewest and the most characters of an Idempotency-Key. */
export const MIN_KEY = 16;
export const MAX_KEY = 255;

/** Returns the Idempotency-Key of a write; null where it has none, and for a read. */
export type IdempotencyKeyReader = (req: Request) => string | null;

/**
 * Returns what reads the Idempotency-Key of an endpoint's requests. It throws `invalid_parameters` (400) unless the key has 16 to 255
 * visible ASCII characters, and `idempotency_key_required` (428) where there must be one.
 */
export function idempotencyKeyReader({ REQUIRE_IDEMPOTENCY_KEY }: Env, { method, requiresIdempotencyKey }: Endpoint): IdempotencyKeyReader {
  if (method === 'get') return () => null;
  const isRequired = REQUIRE_IDEMPOTENCY_KEY && requiresIdempotencyKey === true;
  return ({ headers }) => {
    const key = headers['idempotency-key'];
    if (key !== undefined) return validKey(String(key));
    if (!isRequired) return null;
    throw idempotencyKeyRequired.because(
      'Send an Idempotency-Key, such as a random UUID, and the same one whenever you repeat this request: it then takes effect once.',
    );
  };
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
