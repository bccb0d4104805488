import type { Actor, Ctx } from '../../context/context';
import { actorId } from '../../context/permission';
import type { SessionVariables } from './begin';

/** Returns the session variables that the audit triggers record: actor, request id, IP address, user agent and reason. */
export function actorVariables(ctx: Ctx): SessionVariables {
  return {
    'app.actor_id': actorId(ctx.actor) ?? '',
    'app.actor': actorLabel(ctx.actor),
    'app.request_id': ctx.requestId,
    'app.ip': ctx.ip,
    'app.user_agent': ctx.userAgent,
    'app.reason': ctx.reason,
  };
}

function actorLabel(actor: Actor): string {
  switch (actor.kind) {
    case 'user':
      return `user:${actor.id}`;
    case 'system':
      return `system:${actor.name}`;
    case 'anonymous':
      return 'anonymous';
  }
}
