import { forbidden, unauthenticated } from '../problems/common-problems';
import type { Actor, Ctx } from './context';

/** A permission is `resource:action`, as in `products:write`. */
export type Permission = `${string}:${string}`;

/**
 * Who may call an endpoint: everybody, as whom they sign in (`public`) or as nobody (`anonymous`), guests with a token and signed-in users
 * (`guest`), signed-in users only, or holders of a permission.
 */
export type Access = 'public' | 'anonymous' | 'guest' | 'signed-in' | Permission;

/** Returns whether everybody may call an endpoint. */
export function isOpen(access: Access): access is 'public' | 'anonymous' {
  return access === 'public' || access === 'anonymous';
}

/** Returns whether the actor holds the permission, directly or through a wildcard (`products:*`, `*:read`, `*:*`). */
export function holds(actor: Actor, permission: Permission): boolean {
  if (actor.kind === 'system') return true;
  if (actor.kind === 'anonymous') return false;
  const { permissions } = actor;
  if (permissions.has(permission) || permissions.has('*:*')) return true;
  const [resource, action] = permission.split(':');
  return permissions.has(`${resource}:*`) || permissions.has(`*:${action}`);
}

/** Throws `unauthenticated` (401) or `forbidden` (403) unless the actor has access. */
export function requirePermission(ctx: Ctx, access: Access): void {
  if (isOpen(access)) return;
  if (ctx.actor.kind === 'anonymous') {
    if (access === 'guest' && guestTokenHash(ctx.actor) !== null) return;
    const orToken = access === 'guest' ? ', or the token of your cart as "X-Guest-Token: <token>"' : '';
    throw unauthenticated.because(`Send an access token from POST /v1/auth/login as "Authorization: Bearer <token>"${orToken}.`, {
      headers: { 'WWW-Authenticate': 'Bearer' },
    });
  }
  if (access === 'guest' || access === 'signed-in' || holds(ctx.actor, access)) return;
  throw forbidden.because(`This takes the permission "${access}".`);
}

/** Returns the acting user's id; null for anonymous and system actors. */
export function actorId(actor: Actor): string | null {
  return actor.kind === 'user' ? actor.id : null;
}

/** Returns the hash of a guest's token; null for everybody else. */
export function guestTokenHash(actor: Actor): string | null {
  return (actor.kind === 'anonymous' ? actor.guestTokenHash : undefined) ?? null;
}
