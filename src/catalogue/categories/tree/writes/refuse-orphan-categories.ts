import type { TxContext } from '../../../../context/context';
import { orphan, refuseOrphans } from '../../../../resource/write/checks/refuse-dead-references';
import type { LockedWrite } from '../../../../resource/write/pending-write';
import { categories } from '../../category.resource';

/** Refuses, with `parent_deleted` (409), to restore categories below a deleted one, unless the same request restores that, too. */
export async function refuseOrphanCategories(tx: TxContext, writes: readonly LockedWrite[]): Promise<void> {
  const restored = new Map(writes.map((write) => [write.id, write]));
  const parentOf = ({ row }: LockedWrite) => restored.get(String(row.get('parentId')));
  await refuseOrphans(
    tx,
    categories,
    writes.filter((write) => !parentOf(write)),
    'parentId',
  );
  // From the top down, so that what is refused counts for all below it.
  for (const write of [...writes].sort((a, b) => Number(a.row.get('level')) - Number(b.row.get('level')))) {
    const parent = parentOf(write);
    if (parent?.problem) write.refuse(orphan(categories, parent.id));
  }
}
