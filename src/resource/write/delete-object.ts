import type { TxContext } from '../../context/context';
import { requirePermission } from '../../context/permission';
import type { Conditions } from '../../http/endpoint';
import { noContent, type Reply } from '../../http/output/reply';
import type { Values } from '../definition/resource';
import { readObject, replyWith } from '../read/read-one';
import { requireUnreferenced } from './checks/require-unreferenced';
import { lockBeforeRows, lockRow, requireAuthorized, requireVersion } from './lock-row';
import { requireAccepted } from './pending-write';
import { deleteRows, restoreRows } from './rows/delete-rows';
import type { ManagedResource } from './write-hooks';

/** Soft-deletes an object, or purges it with `force`; hooks read the options that the resource declares. Throws `not_found` (404), `in_use` (409), `precondition_failed` (412), `forbidden` (403). */
export async function deleteObject(
  tx: TxContext,
  managed: ManagedResource,
  id: string,
  force: boolean,
  { ifMatch }: Conditions,
  options: Values = {},
): Promise<Reply> {
  const { resource } = managed;
  if (force) requirePermission(tx, `${resource.name}:purge`);
  await lockBeforeRows(tx, managed, [id]);
  const row = await lockRow(tx, resource, id, force ? 'with' : 'without');
  const write = await requireAuthorized(tx, managed, row, 'delete', options);
  requireVersion(resource, row, ifMatch);
  await deleteRows(tx, managed, [write], async () => {
    if (force) await requireUnreferenced(tx, resource, row);
    await row.destroy({ force, transaction: tx.transaction });
  });
  requireAccepted(write);
  return noContent();
}

/** Restores a soft-deleted object and returns the reply with it; throws `not_found` (404), `not_deleted`, `parent_deleted` or `value_taken` (409). */
export async function restoreObject(tx: TxContext, managed: ManagedResource, id: string): Promise<Reply> {
  const { resource } = managed;
  await lockBeforeRows(tx, managed, [id]);
  const row = await lockRow(tx, resource, id, 'with');
  const write = await requireAuthorized(tx, managed, row, 'restore');
  await restoreRows(tx, managed, [write], async () => {
    await row.restore({ transaction: tx.transaction });
  });
  requireAccepted(write);
  return replyWith(await readObject(tx, resource, id));
}
