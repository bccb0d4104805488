import type { TxContext } from '../../../context/context';
import type { Values } from '../../definition/resource';
import { notFoundHere } from '../../read/read-one';
import { type LockedRows, requireEdition } from '../../write/lock-row';
import { type LockedWrite, PendingWrite, type WriteOperation, withAccepted } from '../../write/pending-write';
import type { ManagedResource } from '../../write/write-hooks';

/** An object that is to be written, and the version that its author has edited. */
export interface Target {
  readonly id: string;
  readonly version?: number | undefined;
}

/**
 * Returns the write of each target, in order. Refuses those without a row (`not_found`, 404), those that the actor may not write
 * (`authorize`), and those that were edited after their version (`precondition_failed`, 412).
 */
export async function lockedWrites(
  tx: TxContext,
  { resource, hooks }: ManagedResource,
  operation: WriteOperation,
  targets: readonly (Target & { readonly patch?: Values })[],
  rows: LockedRows,
): Promise<PendingWrite[]> {
  const writes = targets.map(({ id, patch }) => new PendingWrite(operation, id, rows.get(id) ?? null, patch));
  for (const write of writes) if (!isThere(write)) write.refuse(notFoundHere(resource));
  await withAccepted(writes, (accepted) => hooks.authorize?.(tx, accepted as LockedWrite[]));
  for (const [at, { version }] of targets.entries()) {
    const { row, problem } = writes[at] as PendingWrite;
    if (row && !problem && version !== undefined) writes[at]?.check(() => requireEdition(row, version));
  }
  return writes;
}

/** Returns the ids of targets or writes. */
export function idsOf(targets: readonly { readonly id: string }[]): string[] {
  return targets.map(({ id }) => id);
}

/* Only a restoration finds a deleted object. */
function isThere({ row, operation }: PendingWrite): boolean {
  return row !== null && (operation === 'restore' || !row.get('deletedAt'));
}
