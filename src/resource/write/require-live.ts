import type { Model, ModelStatic } from 'sequelize';
import type { TxContext } from '../../context/context';
import { invalidBody } from '../../problems/common-problems';

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
