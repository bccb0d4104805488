import { createSecretKey, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { unauthenticated } from '../../problems/common-problems';

const ISSUER = 'storekeeper';
const ALGORITHM = 'HS256';

/** What an access token says: who, in which session, until when (seconds of Unix time). */
export interface AccessClaims {
  readonly userId: string;
  readonly sessionId: string;
  readonly expiresAt: number;
}

/** Signs an access token (JWT, RFC 7519). */
export function signAccessToken(secret: string, userId: string, sessionId: string, ttlSeconds: number): string {
  return jwt.sign({ sid: sessionId }, keyOf(secret), {
    algorithm: ALGORITHM,
    subject: userId,
    issuer: ISSUER,
    audience: ISSUER,
    expiresIn: ttlSeconds,
  });
}

/** Reads an access token; throws `unauthenticated` (401), telling an expired one from a wrong one. */
export function readAccessToken(secret: string, token: string): AccessClaims {
  try {
    const { sub, sid, exp } = jwt.verify(token, keyOf(secret), {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: ISSUER,
    }) as jwt.JwtPayload;
    return { userId: String(sub), sessionId: String(sid), expiresAt: Number(exp) };
  } catch (error) {
    const isExpired = error instanceof jwt.TokenExpiredError;
    throw notSignedIn(
      isExpired ? 'The access token has expired: POST /v1/auth/refresh gives a new one.' : 'The access token is not one of ours.',
    );
  }
}

/** The 401 of a token that is no good, with its challenge (RFC 6750). */
export function notSignedIn(detail: string) {
  return unauthenticated.because(detail, { headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' } });
}

const keys = new Map<string, KeyObject>();

/* Given a text, the library first tries it as a public key, by an exception. */
function keyOf(secret: string): KeyObject {
  const known = keys.get(secret);
  if (known) return known;
  const key = createSecretKey(Buffer.from(secret));
  keys.set(secret, key);
  return key;
}
