import { LRUCache } from 'lru-cache';
import type { Actor, Ctx, TxContext } from '../../context/context';
import { queryOne } from '../../database/sql/statement';
import { type AccessClaims, notSignedIn, readAccessToken } from './access-token';

/* How long another process may still grant what was revoked here; within a process it ends at once. */
const MAX_AGE_MS = 5_000;

const actors = new LRUCache<string, Actor>({ max: 10_000 });
let timesForgotten = 0;

/**
 * Answers who holds the access token: an active user in a live session, with the permissions of the roles that hold now. Known
 * for at most five seconds, never longer than the token or an assignment lasts. Throws `unauthenticated` (401).
 */
export function authenticate(ctx: Ctx, token: string): Actor | Promise<Actor> {
  return actors.get(token) ?? load(ctx, token, readAccessToken(ctx.env.JWT_SECRET, token));
}

/** Forgets every known actor once the unit of work is committed: roles, sessions or users have changed. */
export function forgetActors(tx: TxContext): void {
  tx.afterCommit(() => {
    timesForgotten += 1;
    actors.clear();
  });
}

interface Row {
  readonly permissions: readonly string[];
  readonly ends_in_ms: number | null;
}

const LOAD = `
  SELECT array_remove(array_agg(DISTINCT p.resource || ':' || p.action), NULL) AS permissions,
    (extract(epoch FROM min(ur.expires_at) - now()) * 1000)::float8 AS ends_in_ms
  FROM users u
  LEFT JOIN user_roles ur ON ur.user_id = u.id AND ur.is_active AND (ur.expires_at IS NULL OR ur.expires_at > now())
  LEFT JOIN roles r ON r.id = ur.role_id AND r.deleted_at IS NULL
  LEFT JOIN permissions p ON p.role_id = r.id
  WHERE u.id = $1::uuid AND u.is_active AND u.deleted_at IS NULL
    AND EXISTS (SELECT FROM refresh_tokens t WHERE t.family_id = $2::uuid AND t.user_id = u.id AND t.revoked_at IS NULL)
  GROUP BY u.id`;

async function load(ctx: Ctx, token: string, { userId, sessionId, expiresAt }: AccessClaims): Promise<Actor> {
  const forgottenBefore = timesForgotten;
  const row = await queryOne<Row>(ctx, { text: LOAD, values: [userId, sessionId] });
  if (!row) throw notSignedIn('The session has ended: sign in again.');
  const actor: Actor = { kind: 'user', id: userId, sessionId, permissions: new Set(row.permissions) };
  const ttl = Math.floor(Math.min(MAX_AGE_MS, expiresAt * 1000 - Date.now(), row.ends_in_ms ?? MAX_AGE_MS));
  // What was read before others were forgotten may be just what had to be forgotten.
  if (ttl > 0 && forgottenBefore === timesForgotten) actors.set(token, actor, { ttl });
  return actor;
}
