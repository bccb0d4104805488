import type { TxContext } from '../../../context/context';
import { queryAll } from '../../../database/sql/statement';
import { tableOf } from '../../definition/columns';
import { lockRows } from '../lock-row';
import { type LockedWrite, PendingWrite, withAccepted } from '../pending-write';
import type { ManagedResource } from '../write-hooks';
import { deleteRows, restoreRows } from './delete-rows';

/**
 * Soft-deletes objects along with another one, and returns their writes, each with its problem where it is refused: the caller refuses the
 * deletion of the other one then. The column `deleted_with` of their table keeps its id, so that restoring it brings back exactly these.
 */
export async function deleteAlong(
  tx: TxContext,
  managed: ManagedResource,
  ownerId: string,
  ids: readonly string[],
): Promise<LockedWrite[]> {
  const writes = await writesOf(tx, managed, 'delete', ids);
  await deleteRows(tx, managed, writes, async (accepted) => {
    const text = `UPDATE ${tableOf(managed.resource.model())} SET deleted_at = clock_timestamp(), deleted_with = $1::uuid
      WHERE id = ANY ((SELECT $2::uuid[])::uuid[])`;
    await queryAll(tx, { text, values: [ownerId, accepted.map(({ id }) => id)] });
  });
  return writes;
}

/** Restores what was deleted along with objects that are restored. Throws the problem of one that cannot be, and names it. */
export async function restoreAlong(tx: TxContext, managed: ManagedResource, ownerIds: readonly string[]): Promise<void> {
  const { resource } = managed;
  const model = resource.model();
  const text = `SELECT id::text AS id FROM ${tableOf(model)} WHERE deleted_with = ANY ((SELECT $1::uuid[])::uuid[])`;
  const taken = await queryAll<{ id: string }>(tx, { text, values: [ownerIds] });
  if (taken.length === 0) return;
  const writes = await writesOf(
    tx,
    managed,
    'restore',
    taken.map(({ id }) => id),
  );
  await restoreRows(tx, managed, writes, async (accepted) => {
    await model.restore({ where: { id: accepted.map(({ id }) => id) }, transaction: tx.transaction });
  });
  for (const { id, problem } of writes) {
    if (!problem) continue;
    const detail = `The ${resource.one} ${id}, which was deleted with it, cannot be restored: ${problem.detail}`;
    throw problem.type.because(detail, { errors: problem.errors });
  }
}

async function writesOf(
  tx: TxContext,
  managed: ManagedResource,
  operation: 'delete' | 'restore',
  ids: readonly string[],
): Promise<LockedWrite[]> {
  const rows = await lockRows(tx, managed, ids);
  const isLive = operation === 'delete';
  const writes = [...rows]
    .filter(([, row]) => (row.get('deletedAt') === null) === isLive)
    .map(([id, row]) => new PendingWrite(operation, id, row));
  await withAccepted(writes, (accepted) => managed.hooks.authorize?.(tx, accepted));
  return writes;
}
