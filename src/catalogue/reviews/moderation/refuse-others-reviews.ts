import type { TxContext } from '../../../context/context';
import { actorId, requirePermission } from '../../../context/permission';
import type { LockedWrite } from '../../../resource/write/pending-write';

/** Refuses, with `forbidden` (403), to change or delete the review of somebody else without `reviews:write`. */
export function refuseOthersReviews(tx: TxContext, writes: readonly LockedWrite[]): void {
  const others = writes.filter(({ operation, row }) => operation !== 'restore' && row.get('authorId') !== actorId(tx.actor));
  for (const write of others) write.check(() => requirePermission(tx, 'reviews:write'));
}
