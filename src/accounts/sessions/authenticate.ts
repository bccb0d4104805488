import { LRUCache } from 'lru-cache';
import type { Actor, Ctx, TxContext } from '../../context/context';
import { notSignedIn, readAccessToken } from './access-token';
import { loadActor } from './actor.queries';

/* How long another process may still accept what was revoked here; within a process it ends at once. */
const MAX_AGE_MS = 5_000;

const actors = new LRUCache<string, Actor>({ max: 10_000 });
let generation = 0;

/**
 * Returns the actor of an access token: an active user in a live session, with the permissions of the current roles. Cached for five
 * seconds at most, and never longer than the token or an assignment lasts. Throws `unauthenticated` (401).
 */
export function authenticate(ctx: Ctx, token: string): Actor | Promise<Actor> {
  return actors.get(token) ?? load(ctx, token);
}

/** Clears the cache of actors once the unit of work is committed: roles, sessions or users have changed. */
export function forgetActors(tx: TxContext): void {
  tx.afterCommit(() => {
    generation += 1;
    actors.clear();
  });
}

async function load(ctx: Ctx, token: string): Promise<Actor> {
  const { userId, sessionId, expiresAt } = await readAccessToken(ctx.env.JWT_SECRET, token);
  const before = generation;
  const row = await loadActor(ctx, userId, sessionId);
  if (!row) throw notSignedIn('The session has ended. Sign in again.');
  const actor: Actor = { kind: 'user', id: userId, sessionId, permissions: new Set(row.permissions) };
  const ttl = Math.floor(Math.min(MAX_AGE_MS, expiresAt * 1000 - Date.now(), row.ends_in_ms ?? MAX_AGE_MS));
  // A row that was read before the cache was cleared may be out of date.
  if (ttl > 0 && before === generation) actors.set(token, actor, { ttl });
  return actor;
}
