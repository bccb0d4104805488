import type { TxContext } from '../../../context/context';
import { takeAdvisoryLock } from '../../../database/locks';
import { refuseTaken } from '../checks/refuse-taken';
import { type NewWrite, withAccepted } from '../pending-write';
import { deriveSlugs, writingDerivedSlugs } from '../slug/derived-slugs';
import type { ManagedResource } from '../write-hooks';

/** Writes the rows of accepted writes. */
export type WriteRows<W> = (writes: readonly W[]) => Promise<void>;

/** Creates objects by `insert`, in a number of statements that does not grow with them; a check refuses a write and the others go on. */
export async function createRows(
  tx: TxContext,
  { resource, hooks }: ManagedResource,
  writes: readonly NewWrite[],
  insert: WriteRows<NewWrite>,
): Promise<void> {
  if (hooks.lockFirst) await takeAdvisoryLock(tx, hooks.lockFirst);
  await withAccepted(writes, (accepted) => hooks.beforeCreate?.(tx, accepted));
  await withAccepted(writes, (accepted) => refuseTaken(tx, resource, accepted));
  await withAccepted(writes, (accepted) => deriveSlugs(tx, resource, accepted));
  await withAccepted(writes, (accepted) => writingDerivedSlugs(resource, accepted, () => insert(accepted)));
  await withAccepted(writes, (accepted) => hooks.afterWrite?.(tx, accepted));
}
