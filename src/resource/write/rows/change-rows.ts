import type { TxContext } from '../../../context/context';
import { refuseTaken } from '../checks/refuse-taken';
import { requireAmounts } from '../checks/require-amounts';
import { type LockedWrite, withAccepted } from '../pending-write';
import { deriveSlugs, writingDerivedSlugs } from '../slug/derived-slugs';
import type { ManagedResource } from '../write-hooks';
import type { WriteRows } from './create-rows';

/**
 * Changes locked objects by `save`, in a number of statements that does not grow with them; a check refuses a write and the others go on.
 * Whether the actor may, and the versions, are checked already.
 */
export async function changeRows(
  tx: TxContext,
  { resource, hooks }: ManagedResource,
  writes: readonly LockedWrite[],
  save: WriteRows<LockedWrite>,
): Promise<void> {
  await withAccepted(writes, (accepted) => hooks.beforeChange?.(tx, accepted));
  for (const write of writes) write.check(() => requireAmounts(resource, write.row, write.values));
  await withAccepted(writes, (accepted) => refuseTaken(tx, resource, accepted));
  await withAccepted(writes, (accepted) => deriveSlugs(tx, resource, accepted));
  await withAccepted(writes, (accepted) => writingDerivedSlugs(resource, accepted, () => save(accepted)));
  await withAccepted(writes, (accepted) => hooks.afterWrite?.(tx, accepted));
}
