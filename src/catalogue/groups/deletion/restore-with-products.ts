import type { TxContext } from '../../../context/context';
import { requirePermission } from '../../../context/permission';
import { refuseTaken } from '../../../resource/write/checks/refuse-taken';
import { type LockedWrite, type PendingWrite, withAccepted } from '../../../resource/write/pending-write';
import { checkRestoredProducts } from '../../products/product.hooks';
import { products } from '../../products/product.resource';
import { lockProducts, productsDeletedWith, restoreProducts } from './delete-with-products';

/* The products that come back with a group; the group's time of deletion, which tells them, is gone by then. */
const companions = new WeakMap<PendingWrite, readonly string[]>();

/**
 * Refuses to restore groups one of whose products cannot come back: its SKU, slug or GTIN is taken, its category deleted, its options are
 * no longer the group's.
 */
export async function checkProductsToRestore(tx: TxContext, writes: readonly LockedWrite[]): Promise<void> {
  const ids = await productsDeletedWith(
    tx,
    writes.map(({ id }) => id),
  );
  const restored = await lockProducts(tx, 'restore', ids);
  await withAccepted(restored, (accepted) => refuseTaken(tx, products, accepted));
  await withAccepted(restored, (accepted) => checkRestoredProducts(tx, accepted));
  for (const write of writes) {
    const own = restored.filter(({ row }) => row.get('groupId') === write.id);
    companions.set(
      write,
      own.map(({ id }) => id),
    );
    if (own.length > 0) write.check(() => requirePermission(tx, 'products:restore'));
    for (const { problem } of own) if (problem) write.refuse(problem);
  }
}

/** Restores the products that were deleted with restored groups. */
export async function restoreCompanions(tx: TxContext, writes: readonly PendingWrite[]): Promise<void> {
  const ids = writes.flatMap((write) => companions.get(write) ?? []);
  if (ids.length > 0) await restoreProducts(tx, ids);
}
