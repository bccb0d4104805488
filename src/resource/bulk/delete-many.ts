import type { Model, ModelStatic, Transaction } from 'sequelize';
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
export function deleteMany(tx: TxContext, managed: ManagedResource, items: readonly Target[], rows?: LockedRows): Promise<BulkResult[]> {
  return writeMany(tx, managed, DELETION, items, rows);
}

/** Restores objects and returns the result of each, in order, as `deleteMany` does. */
export function restoreMany(tx: TxContext, managed: ManagedResource, items: readonly Target[], rows?: LockedRows): Promise<BulkResult[]> {
  return writeMany(tx, managed, RESTORATION, items, rows);
}

interface Kind {
  readonly operation: 'delete' | 'restore';
  readonly steps: typeof deleteRows;
  write(model: ModelStatic<Model>, id: string[], transaction: Transaction): Promise<unknown>;
}

const DELETION: Kind = {
  operation: 'delete',
  steps: deleteRows,
  write: (model, id, transaction) => model.destroy({ where: { id }, transaction }),
};

const RESTORATION: Kind = {
  operation: 'restore',
  steps: restoreRows,
  write: (model, id, transaction) => model.restore({ where: { id }, transaction }),
};

async function writeMany(
  tx: TxContext,
  managed: ManagedResource,
  { operation, steps, write }: Kind,
  items: readonly Target[],
  rows: LockedRows | undefined,
): Promise<BulkResult[]> {
  const { resource } = managed;
  const writes = await lockedWrites(tx, managed, operation, items, rows ?? (await lockRows(tx, managed, idsOf(items))));
  await steps(
    tx,
    managed,
    acceptedOf(writes) as LockedWrite[],
    async (part) => {
      await write(resource.model(), idsOf(part), tx.transaction);
    },
    (accepted, step) => writeOrSplit(tx, resource, accepted, step),
  );
  return resultsOf(tx, resource, writes);
}
