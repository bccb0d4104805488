import type { TxContext } from '../../context/context';
import { requirePermission } from '../../context/permission';
import { takeAdvisoryLock } from '../../database/locks';
import type { Conditions } from '../../http/endpoint';
import { noContent, type Reply } from '../../http/output/reply';
import { notDeleted } from '../../problems/common-problems';
import { readObject, replyWith } from '../read/read-one';
import { requireUnreferenced } from './checks/require-unreferenced';
import { lockRow, requireVersion } from './lock-row';
import { requireUnused } from './require-unused';
import type { ManagedResource } from './write-hooks';

/** Soft-deletes an object, or purges it with `force`; throws `not_found` (404), `in_use` (409), `precondition_failed` (412), `forbidden` (403). */
export async function deleteObject(
  tx: TxContext,
  { resource, hooks }: ManagedResource,
  id: string,
  force: boolean,
  { ifMatch }: Conditions,
): Promise<Reply> {
  if (force) requirePermission(tx, `${resource.name}:purge`);
  if (hooks.lockFirst) await takeAdvisoryLock(tx, hooks.lockFirst);
  const row = await lockRow(tx, resource, id, force ? 'with' : 'without');
  await hooks.authorize?.(tx, row);
  requireVersion(resource, row, ifMatch);
  await hooks.beforeDelete?.(tx, row);
  if (force) await requireUnreferenced(tx, resource, row);
  await row.destroy({ force, transaction: tx.transaction });
  await hooks.afterWrite?.(tx, row);
  return noContent();
}

/** Restores a soft-deleted object and returns the reply with it; throws `not_found` (404), `not_deleted`, `parent_deleted` or `value_taken` (409). */
export async function restoreObject(tx: TxContext, { resource, hooks }: ManagedResource, id: string): Promise<Reply> {
  if (hooks.lockFirst) await takeAdvisoryLock(tx, hooks.lockFirst);
  const row = await lockRow(tx, resource, id, 'with');
  await hooks.authorize?.(tx, row);
  if (row.get('deletedAt') === null) throw notDeleted.because(`The ${resource.one} is not deleted.`);
  await requireUnused(tx, resource, row.get());
  await hooks.beforeRestore?.(tx, row);
  await row.restore({ transaction: tx.transaction });
  await hooks.afterWrite?.(tx, row);
  return replyWith(await readObject(tx, resource, id));
}
