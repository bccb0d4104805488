import { jwtVerify, SignJWT } from 'jose';
import { unauthenticated } from '../../../problems/common-problems';

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

/**
 * Returns the claims of an access token, which may have expired: by the database's clock only, for the process's own may differ. Throws
 * `unauthenticated` (401) for an invalid one.
 */
export async function readAccessToken(secret: string, token: string): Promise<AccessClaims> {
  try {
    const options = { algorithms: [ALGORITHM], issuer: ISSUER, audience: ISSUER, currentDate: new Date(0) };
    const { payload } = await jwtVerify(token, Buffer.from(secret), options);
    return { userId: String(payload.sub), sessionId: String(payload.sid), expiresAt: Number(payload.exp) };
  } catch {
    throw notSignedIn('Invalid access token.');
  }
}

/** Returns the 401 of an invalid token, with its challenge (RFC 6750). */
export function notSignedIn(detail: string) {
  return unauthenticated.because(detail, { headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' } });
}
