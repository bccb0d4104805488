import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { invalidBody } from '../../../problems/common-problems';

const BYTES = 32;

/** Returns a new token, 256 random bits, by which its withdrawal is confirmed. */
export function newConfirmationToken(): string {
  return randomBytes(BYTES).toString('base64url');
}

/** Returns what is kept of a token: its SHA-256, from which nobody finds it. */
export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Throws `invalid_body` (422) unless the token is the one whose hash is kept. */
export function requireToken(token: string, kept: Buffer): void {
  if (timingSafeEqual(hashOfToken(token), kept)) return;
  const message = 'token is not the "confirmationToken" of this withdrawal';
  throw invalidBody.because(message, { errors: [{ pointer: '/token', code: 'wrong_token', message }] });
}
