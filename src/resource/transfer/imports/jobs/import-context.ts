import type { Actor, Ctx } from '../../../../context/context';
import { holds } from '../../../../context/permission';
import type { Import } from '../records/import.model';

/** Returns the permissions that a user has at present; null where the user is no longer active. */
export type PermissionLoader = (ctx: Ctx, userId: string) => Promise<readonly string[] | null>;

let loadPermissions: PermissionLoader | undefined;

/** Sets what finds the permissions of people, which only a higher floor knows. */
export function setPermissionLoader(load: PermissionLoader): void {
  loadPermissions = load;
}

/**
 * Returns the context in which a job continues an import: as whoever began it, with what they may do now, for the same reason; null where
 * they may no longer write what is imported.
 */
export async function importContext(ctx: Ctx, { actorId, resource, requestId, reason }: Import): Promise<Ctx | null> {
  const permissions = actorId === null ? null : await loadPermissions?.(ctx, actorId);
  if (actorId === null || !permissions) return null;
  const actor: Actor = { kind: 'user', id: actorId, sessionId: '', permissions: new Set(permissions) };
  return holds(actor, `${resource}:write`) ? { ...ctx, actor, requestId, reason } : null;
}
