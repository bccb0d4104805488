import type { Actor, Ctx } from '../../../../context/context';
import type { Import } from '../records/import.model';

/** Returns the context in which a job continues an import: as whoever began it, with what they could do then, for the same reason. */
export function importContext(ctx: Ctx, { actorId, permissions, requestId, reason }: Import): Ctx {
  const actor: Actor =
    actorId === null
      ? { kind: 'system', name: 'imports' }
      : { kind: 'user', id: actorId, sessionId: '', permissions: new Set(permissions) };
  return { ...ctx, actor, requestId, reason };
}
