import { errors, jwtVerify, SignJWT } from 'jose';
import { unauthenticated } from '../../problems/common-problems';

const ISSUER = 'storekeeper';
const ALGORITHM = 'HS256';

/** The claims of an access token: user, session, and expiry in seconds of Unix time. */
export interface AccessClaims {
  readonly userId: string;
  readonly sessionId: string;
  readonly expiresAt: number;
}

/** Signs an access token (JWT, RFC 7519); the same values make the same token. */
export function signAccessToken(secret: string, userId: string, sessionId: string, issuedAt: Date, ttlSeconds: number): Promise<string> {
  const issued = Math.floor(issuedAt.getTime() / 1000);
  return new SignJWT({ sid: sessionId })
    .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
    .setSubject(userId)
    .setIssuer(ISSUER)
    .setAudience(ISSUER)
    .setIssuedAt(issued)
    .setExpirationTime(issued + ttlSeconds)
    .sign(Buffer.from(secret));
}

/** Returns the claims of an access token; throws `unauthenticated` (401), and tells an expired token from an invalid one. */
export async function readAccessToken(secret: string, token: string): Promise<AccessClaims> {
  try {
    const options = { algorithms: [ALGORITHM], issuer: ISSUER, audience: ISSUER };
    const { payload } = await jwtVerify(token, Buffer.from(secret), options);
    return { userId: String(payload.sub), sessionId: String(payload.sid), expiresAt: Number(payload.exp) };
  } catch (error) {
    const isExpired = error instanceof errors.JWTExpired;
    throw notSignedIn(isExpired ? 'The access token has expired. Get a new one from POST /v1/auth/refresh.' : 'Invalid access token.');
  }
}

/** Returns the 401 of an invalid token, with its challenge (RFC 6750). */
export function notSignedIn(detail: string) {
  return unauthenticated.because(detail, { headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' } });
}
