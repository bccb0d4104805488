import type { TxContext } from '../../../context/context';
import { notDeleted } from '../../../problems/common-problems';
import { refuseTaken } from '../checks/refuse-taken';
import { acceptedOf, type LockedWrite, withAccepted } from '../pending-write';
import type { ManagedResource } from '../write-hooks';
import type { WriteRows } from './create-rows';
import { checkAlong, deleteAlong, endAlong, restoreAlong, takeAlong } from './take-along';

/** Runs a step over writes; in parts, where PostgreSQL may refuse some of them and the others go on. */
export type RunInParts = (writes: readonly LockedWrite[], step: WriteRows<LockedWrite>) => Promise<void>;

/**
 * Deletes locked objects by `destroy`, after what they take along; a check refuses a write and the others go on. Whether the actor may is
 * checked already.
 */
export async function deleteRows(
  tx: TxContext,
  managed: ManagedResource,
  writes: readonly LockedWrite[],
  destroy: WriteRows<LockedWrite>,
  inParts: RunInParts = asWhole,
): Promise<void> {
  const along = await takeAlong(tx, managed, 'delete', writes);
  await checkAlong(managed, writes, along, ({ hooks }, set) => hooks.beforeDelete?.(tx, set));
  await withAccepted(writes, (accepted) =>
    inParts(accepted, async (part) => {
      await deleteAlong(tx, along, part);
      await destroy(part);
    }),
  );
  await endAlong(tx, along, acceptedOf(writes));
  await withAccepted(writes, (accepted) => managed.hooks.afterWrite?.(tx, accepted));
}

/**
 * Restores locked objects by `restore`, and what their deletion took along; refuses those that are not deleted, those whose unique values are
 * taken, and those with whom something cannot come back.
 */
export async function restoreRows(
  tx: TxContext,
  managed: ManagedResource,
  writes: readonly LockedWrite[],
  restore: WriteRows<LockedWrite>,
  inParts: RunInParts = asWhole,
): Promise<void> {
  for (const write of acceptedOf(writes)) {
    if (write.row.get('deletedAt') === null) write.refuse(notDeleted.because(`The ${managed.resource.one} is not deleted.`));
  }
  const along = await takeAlong(tx, managed, 'restore', writes);
  await checkAlong(managed, writes, along, ({ resource }, set) => refuseTaken(tx, resource, set));
  await checkAlong(managed, writes, along, ({ hooks }, set) => hooks.beforeRestore?.(tx, set));
  await withAccepted(writes, (accepted) =>
    inParts(accepted, async (part) => {
      await restore(part);
      await restoreAlong(tx, along, part);
    }),
  );
  await withAccepted(writes, (accepted) => managed.hooks.afterWrite?.(tx, accepted));
  await endAlong(tx, along, acceptedOf(writes));
}

const asWhole: RunInParts = (writes, step) => step(writes);
