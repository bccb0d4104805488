import { createHash, randomBytes } from 'node:crypto';

const BYTES = 32;

/** Returns a token of 256 random bits, as 43 characters of base64url. */
export function randomToken(): string {
  return randomBytes(BYTES).toString('base64url');
}

/** Returns the hash by which a token is stored; 256 random bits need no slow one. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
