import type { Model, ModelStatic } from 'sequelize';
import type { TxContext } from '../../context/context';
import { invalidBody, parentDeleted } from '../../problems/common-problems';
import type { Resource } from '../definition/resource';

/**
 * Returns the row that a body refers to, or null without a reference, and locks it against deletion until the unit of work ends: a foreign
 * key alone does not prevent a soft delete. Throws `invalid_body` (422) where the row does not exist.
 */
export async function requireLive<M extends Model>(tx: TxContext, model: ModelStatic<M>, id: unknown, field: string): Promise<M | null> {
  if (id === null || id === undefined) return null;
  const { transaction } = tx;
  const row = await model.findByPk(String(id), { lock: transaction.LOCK.SHARE, transaction });
  if (row) return row;
  const message = `${field} refers to an object that does not exist`;
  throw invalidBody.because(message, { errors: [{ pointer: `/${field}`, code: 'unknown_reference', message }] });
}

/** Throws `parent_deleted` (409) unless the object that a row to restore belongs to is there; locks that against deletion, too. */
export async function requireLiveParent(tx: TxContext, { model, one, prefix }: Resource, id: unknown): Promise<void> {
  if (id === null || id === undefined) return;
  const { transaction } = tx;
  if (await model().findByPk(String(id), { lock: transaction.LOCK.SHARE, transaction })) return;
  throw parentDeleted.because(`The ${one} that it belongs to is deleted. Restore that first: POST ${prefix}/${id}/restore.`);
}
