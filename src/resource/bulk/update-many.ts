import type { TxContext } from '../../context/context';
import type { Values } from '../definition/resource';
import { type LockedRows, lockRows } from '../write/lock-row';
import { mergedValues } from '../write/merge-patch';
import { acceptedOf, type LockedWrite } from '../write/pending-write';
import { changeRows } from '../write/rows/change-rows';
import type { ManagedResource } from '../write/write-hooks';
import { type BulkResult, resultsOf } from './bulk-result';
import { idsOf, lockedWrites } from './write/locked-writes';
import { updateRows } from './write/update-rows.statement';
import { writeOrSplit } from './write/write-or-split';

/** The change of one object: a JSON Merge Patch, and the version that its author has edited. */
export interface Update {
  readonly id: string;
  readonly version?: number | undefined;
  readonly patch: Values;
}

/**
 * Changes objects by patches that the patch schema has accepted, and returns the result of each, in order; no two of the same object. What
 * a check or the database refuses is left out, and the rest is changed. A patch that changes nothing leaves the version. The number of
 * statements does not grow with the objects. `rows` are the locked rows, where the caller has them.
 */
export async function updateMany(
  tx: TxContext,
  managed: ManagedResource,
  items: readonly Update[],
  rows?: LockedRows,
): Promise<BulkResult[]> {
  const { resource } = managed;
  const locked = rows ?? (await lockRows(tx, managed, idsOf(items)));
  const writes = await lockedWrites(tx, managed, 'update', items, locked);
  const changes = acceptedOf(writes) as LockedWrite[];
  for (const write of changes) write.values = mergedValues(resource, write.row, write.given);
  await changeRows(tx, managed, changes, (accepted) =>
    writeOrSplit(tx, resource, accepted, (part) => updateRows(tx, resource.model(), part)),
  );
  return resultsOf(tx, resource, writes);
}
