import type { Model, ModelStatic, WhereOptions } from 'sequelize';
import type { TxContext } from '../../../context/context';
import { invalidBody, parentDeleted } from '../../../problems/common-problems';
import type { Resource } from '../../definition/resource';
import type { LockedWrite, PendingWrite } from '../pending-write';

/**
 * Returns the rows that a field of the writes refers to, by id, and locks them against deletion until the unit of work ends: a foreign key
 * alone does not prevent a soft delete. Refuses, with `invalid_body` (422), the writes whose row does not exist.
 */
export async function refuseUnknown<M extends Model>(
  tx: TxContext,
  model: ModelStatic<M>,
  writes: readonly PendingWrite[],
  field: string,
): Promise<ReadonlyMap<string, M>> {
  const referring = writes.filter(({ values }) => (values[field] ?? null) !== null);
  const live = await lockLive(
    tx,
    model,
    referring.map(({ values }) => String(values[field])),
  );
  for (const write of referring) if (!live.has(String(write.values[field]))) write.refuse(unknownReference(field));
  return live;
}

/**
 * Refuses, with `parent_deleted` (409), to restore what belongs to a deleted object, unless it is restored along with that; locks the others'
 * parents against deletion.
 */
export async function refuseOrphans(tx: TxContext, resource: Resource, writes: readonly LockedWrite[], field: string): Promise<void> {
  const parentOf = ({ row }: LockedWrite) => row.get(field) as string | null;
  const children = writes.filter((write) => parentOf(write) !== null && parentOf(write) !== write.owner?.id);
  const live = await lockLive(
    tx,
    resource.model(),
    children.map((write) => String(parentOf(write))),
  );
  for (const child of children) {
    const id = String(parentOf(child));
    if (!live.has(id)) child.refuse(orphan(resource, id));
  }
}

/** Returns the rows of these ids that exist, locked against deletion in the order of their ids; no statement without ids. */
export async function lockLive<M extends Model>(
  { transaction }: TxContext,
  model: ModelStatic<M>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, M>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const where: WhereOptions = { id: wanted };
  const rows = await model.findAll({ where, order: ['id'], lock: transaction.LOCK.SHARE, transaction });
  return new Map(rows.map((row) => [String(row.get('id')), row]));
}

/** Returns the problem of what belongs to a deleted object. */
export function orphan({ one, prefix }: Resource, id: string) {
  return parentDeleted.because(`The ${one} that it belongs to is deleted. Restore that first: POST ${prefix}/${id}/restore.`);
}

/** Returns the problem of a field that refers to what does not exist. */
export function unknownReference(field: string) {
  const message = `${field} refers to an object that does not exist`;
  return invalidBody.because(message, { errors: [{ pointer: `/${field}`, code: 'unknown_reference', message }] });
}
