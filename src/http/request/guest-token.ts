import { tokenHash } from '../../encryption/random-token';
import { invalidParameters } from '../../problems/common-problems';

/** The header with which a guest comes back to a cart and the order made of it. */
export const GUEST_TOKEN = 'X-Guest-Token';

/** A guest's token: 32 bytes in base64url. */
export const GUEST_TOKEN_PATTERN = /^[\w-]{43}$/;

/** Returns the hash of a request's guest token, null where it has none; throws `invalid_parameters` (400) for what is no token. */
export function guestTokenHashOf(header: string | readonly string[] | undefined): string | null {
  if (header === undefined) return null;
  const token = String(header);
  if (GUEST_TOKEN_PATTERN.test(token)) return tokenHash(token);
  const message = `${GUEST_TOKEN} must be the token that POST /v1/carts returned: 43 characters`;
  throw invalidParameters.because(`${message}.`, { errors: [{ pointer: GUEST_TOKEN, code: 'malformed', message }] });
}
