import { LRUCache } from 'lru-cache';
import type { Actor, Ctx, TxContext } from '../../context/context';
import { loadActor } from './actor.queries';
import { notSignedIn, readAccessToken } from './tokens/access-token';

/* Another process may accept a revoked session for this long; this process stops at once. */
const MAX_AGE_MS = 5_000;

const actors = new LRUCache<string, Actor>({ max: 10_000 });
let generation = 0;

/**
 * Returns the actor of an access token: an active user in a live session, with the permissions of the current roles; throws
 * `unauthenticated` (401). An actor is cached for at most five seconds, and no longer than the token and the assignments last.
 */
export function authenticate(ctx: Ctx, token: string): Actor | Promise<Actor> {
  return actors.get(token) ?? load(ctx, token);
}

/** Clears the cache of actors after the commit; call it where roles, sessions or users change. */
export function forgetActors(tx: TxContext): void {
  tx.afterCommit(() => {
    generation += 1;
    actors.clear();
  });
}

async function load(ctx: Ctx, token: string): Promise<Actor> {
  const claims = await readAccessToken(ctx.env.JWT_SECRET, token);
  const before = generation;
  const row = await loadActor(ctx, claims);
  if (!row) throw notSignedIn('The session has ended. Sign in again.');
  if (row.expires_in_ms <= 0) throw notSignedIn('The access token has expired. Get a new one from POST /v1/auth/refresh.');
  const actor: Actor = { kind: 'user', id: claims.userId, sessionId: claims.sessionId, permissions: new Set(row.permissions) };
  const ttl = Math.floor(Math.min(MAX_AGE_MS, row.expires_in_ms, row.ends_in_ms ?? MAX_AGE_MS));
  // A row that was read before the cache was cleared may be out of date.
  if (ttl > 0 && before === generation) actors.set(token, actor, { ttl });
  return actor;
}
