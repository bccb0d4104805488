import type { TxContext } from '../../../context/context';
import { notDeleted } from '../../../problems/common-problems';
import { refuseTaken } from '../checks/refuse-taken';
import { acceptedOf, type LockedWrite, withAccepted } from '../pending-write';
import type { ManagedResource } from '../write-hooks';
import type { WriteRows } from './create-rows';
import { restoreAlong } from './take-along';

/** Deletes locked objects by `destroy`; a hook refuses a write and the others go on. Whether the actor may is checked already. */
export async function deleteRows(
  tx: TxContext,
  { hooks }: ManagedResource,
  writes: readonly LockedWrite[],
  destroy: WriteRows<LockedWrite>,
): Promise<void> {
  await withAccepted(writes, (accepted) => hooks.beforeDelete?.(tx, accepted));
  await withAccepted(writes, destroy);
  await withAccepted(writes, (accepted) => hooks.afterWrite?.(tx, accepted));
}

/**
 * Restores locked objects by `restore`, with what their deletion took along; refuses those that are not deleted, and those whose unique
 * values are taken. Throws the problem of what was taken along and cannot be restored.
 */
export async function restoreRows(
  tx: TxContext,
  managed: ManagedResource,
  writes: readonly LockedWrite[],
  restore: WriteRows<LockedWrite>,
): Promise<void> {
  const { resource, hooks } = managed;
  for (const write of acceptedOf(writes)) {
    if (write.row.get('deletedAt') === null) write.refuse(notDeleted.because(`The ${resource.one} is not deleted.`));
  }
  await withAccepted(writes, (accepted) => refuseTaken(tx, resource, accepted));
  await withAccepted(writes, (accepted) => hooks.beforeRestore?.(tx, accepted));
  await withAccepted(writes, restore);
  for (const taken of hooks.takesAlong?.(managed) ?? []) {
    await withAccepted(writes, (accepted) =>
      restoreAlong(
        tx,
        taken,
        accepted.map(({ id }) => id),
      ),
    );
  }
  await withAccepted(writes, (accepted) => hooks.afterWrite?.(tx, accepted));
}
