import type { Ctx } from '../../context/context';
import { queryOne } from '../../database/sql/statement';
import type { AccessClaims } from './tokens/access-token';

interface ActorRow {
  readonly permissions: readonly string[];
  /** Milliseconds until the first assignment ends; null where none does. */
  readonly ends_in_ms: number | null;
  /** Milliseconds until the access token expires, by the database's clock. */
  readonly expires_in_ms: number;
}

const PERMISSIONS = `array_remove(array_agg(DISTINCT p.resource || ':' || p.action), NULL) AS permissions`;

/* The joins are LEFT joins: a user without roles or permissions still yields a row. */
const ACTIVE_USER = `
  FROM users u
  LEFT JOIN user_roles ur ON ur.user_id = u.id AND ur.is_active AND (ur.expires_at IS NULL OR ur.expires_at > now())
  LEFT JOIN roles r ON r.id = ur.role_id AND r.deleted_at IS NULL
  LEFT JOIN permissions p ON p.role_id = r.id
  WHERE u.id = $1::uuid AND u.is_active AND u.deleted_at IS NULL`;

/*
 * Reads the permissions of an active user in a live session. It is one prepared statement, because nearly every signed-in request runs it.
 */
const LOAD_ACTOR = `
  SELECT ${PERMISSIONS},
    (extract(epoch FROM min(ur.expires_at) - now()) * 1000)::float8 AS ends_in_ms,
    (($3::float8 - extract(epoch FROM now())) * 1000)::float8 AS expires_in_ms
  ${ACTIVE_USER}
    AND EXISTS (SELECT FROM refresh_tokens t WHERE t.family_id = $2::uuid AND t.user_id = u.id AND t.revoked_at IS NULL)
  GROUP BY u.id`;

/** Returns the permissions of a user in a session; null where the user or the session is no longer active. */
export function loadActor(ctx: Ctx, { userId, sessionId, expiresAt }: AccessClaims): Promise<ActorRow | null> {
  return queryOne<ActorRow>(ctx, { text: LOAD_ACTOR, values: [userId, sessionId, expiresAt] });
}

/** Returns the permissions that a user has at present, in a session or not; null where the user is no longer active. */
export async function permissionsOf(ctx: Ctx, userId: string): Promise<readonly string[] | null> {
  const text = `SELECT ${PERMISSIONS} ${ACTIVE_USER} GROUP BY u.id`;
  const row = await queryOne<Pick<ActorRow, 'permissions'>>(ctx, { text, values: [userId] });
  return row?.permissions ?? null;
}
