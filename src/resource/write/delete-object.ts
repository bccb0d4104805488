import type { TxContext } from '../../context/context';
import { requirePermission } from '../../context/permission';
import type { Conditions } from '../../http/endpoint';
import { noContent, type Reply } from '../../http/output/reply';
import { notDeleted } from '../../problems/common-problems';
import { readObject, replyWith } from '../read/read-one';
import { lockRow, requireVersion } from './lock-row';
import type { ManagedResource } from './write-hooks';

/** Soft-deletes an object (purges it, with `force`); honours `If-Match`. */
export async function deleteObject(
  tx: TxContext,
  { resource, hooks }: ManagedResource,
  id: string,
  force: boolean,
  { ifMatch }: Conditions,
): Promise<Reply> {
  if (force) requirePermission(tx, `${resource.name}:purge`);
  await hooks.lockFirst?.(tx);
  const row = await lockRow(tx, resource, id, force ? 'with' : 'without');
  requireVersion(resource, row, ifMatch);
  await hooks.beforeDelete?.(tx, row);
  await row.destroy({ force, transaction: tx.transaction });
  await hooks.afterWrite?.(tx, row);
  return noContent();
}

/** Brings a soft-deleted object back; throws `not_deleted` (409) or `value_taken` (409). */
export async function restoreObject(tx: TxContext, { resource, hooks }: ManagedResource, id: string): Promise<Reply> {
  await hooks.lockFirst?.(tx);
  const row = await lockRow(tx, resource, id, 'with');
  if (row.get('deletedAt') === null) throw notDeleted.because(`The ${resource.one} is not deleted.`);
  await hooks.beforeRestore?.(tx, row);
  await row.restore({ transaction: tx.transaction });
  await hooks.afterWrite?.(tx, row);
  return replyWith(resource, await readObject(tx, resource, id));
}
