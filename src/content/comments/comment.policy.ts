import type { Ctx, TxContext } from '../../context/context';
import { actorId, holds, requirePermission } from '../../context/permission';
import { type Bind, type Condition, column, where } from '../../database/sql/binder';
import { forbidden } from '../../problems/common-problems';
import { deletedCondition, tableOf } from '../../resource/definition/columns';
import type { LockedWrite } from '../../resource/write/pending-write';
import { COMMENT_TARGETS } from './targets/comment-targets';

/**
 * Returns the conditions of the comments that an actor sees: those on what they see, and for staff with `comments:read` those on all that
 * is not deleted. A comment on a deleted object is hidden with it. A sub-select with LIMIT is a probe of the primary key for each comment of
 * the page; PostgreSQL makes a hash of the whole table for an EXISTS.
 */
export function visibleComments(ctx: Pick<Ctx, 'actor'>): readonly Condition[] {
  const seesAll = holds(ctx.actor, 'comments:read') || holds(ctx.actor, 'comments:write');
  return [
    (t: string, bind: Bind) => {
      const kinds = COMMENT_TARGETS.map(({ type, column: id, resource }) => {
        const { model, scope } = resource();
        const isTarget: Condition = (target) => `${column(target, 'id')} = ${column(t, id)}`;
        const conditions = [isTarget, ...deletedCondition(model(), 'without'), ...(seesAll ? [] : (scope?.(ctx) ?? []))];
        return `WHEN '${type}' THEN (SELECT true FROM ${tableOf(model())} target${where(conditions, 'target', bind)} LIMIT 1)`;
      });
      return `CASE ${column(t, 'commentable_type')} ${kinds.join(' ')} END`;
    },
  ];
}

/** Refuses, with `forbidden` (403), to delete the comment of somebody else without `comments:write`, and to change it at all. */
export function refuseOthersComments(tx: TxContext, writes: readonly LockedWrite[]): void {
  for (const write of writes) {
    if (write.operation === 'restore' || write.row.get('authorId') === actorId(tx.actor)) continue;
    write.check(() => requirePermission(tx, 'comments:write'));
    if (write.operation === 'update') write.refuse(forbidden.because('Only its author can change a comment. Delete it instead.'));
  }
}
