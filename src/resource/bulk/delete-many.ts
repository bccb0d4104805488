import type { TxContext } from '../../context/context';
import { type LockedRows, lockRows } from '../write/lock-row';
import { acceptedOf, type LockedWrite } from '../write/pending-write';
import { deleteRows, restoreRows } from '../write/rows/delete-rows';
import type { ManagedResource } from '../write/write-hooks';
import { type BulkResult, resultsOf } from './bulk-result';
import { idsOf, lockedWrites, type Target } from './write/locked-writes';
import { writeOrSplit } from './write/write-or-split';

/**
 * Soft-deletes objects and returns the result of each, in order; no two of the same object. What a check or the database refuses is left
 * out, and the rest is deleted. The number of statements does not grow with the objects. `rows` are the locked rows, where the caller has
 * them.
 */
export async function deleteMany(
  tx: TxContext,
  managed: ManagedResource,
  items: readonly Target[],
  rows?: LockedRows,
): Promise<BulkResult[]> {
  const model = managed.resource.model();
  return writeMany(tx, managed, 'delete', items, rows, deleteRows, async (ids) => {
    await model.destroy({ where: { id: [...ids] }, transaction: tx.transaction });
  });
}

/** Restores objects and returns the result of each, in order, as `deleteMany` does. */
export async function restoreMany(
  tx: TxContext,
  managed: ManagedResource,
  items: readonly Target[],
  rows?: LockedRows,
): Promise<BulkResult[]> {
  const model = managed.resource.model();
  return writeMany(tx, managed, 'restore', items, rows, restoreRows, async (ids) => {
    await model.restore({ where: { id: [...ids] }, transaction: tx.transaction });
  });
}

async function writeMany(
  tx: TxContext,
  managed: ManagedResource,
  operation: 'delete' | 'restore',
  items: readonly Target[],
  rows: LockedRows | undefined,
  steps: typeof deleteRows,
  write: (ids: readonly string[]) => Promise<void>,
): Promise<BulkResult[]> {
  const { resource } = managed;
  const writes = await lockedWrites(tx, managed, operation, items, rows ?? (await lockRows(tx, managed, idsOf(items))));
  await steps(tx, managed, acceptedOf(writes) as LockedWrite[], (accepted) =>
    writeOrSplit(tx, resource, accepted, (part) => write(idsOf(part))),
  );
  return resultsOf(tx, resource, writes);
}
