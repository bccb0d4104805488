import type { Model, ModelStatic } from 'sequelize';
import type { TxContext } from '../../context/context';
import { invalidBody } from '../../problems/common-problems';

/**
 * Returns the row that a body refers to, locked against deletion until the unit of work ends (a foreign key alone would allow a soft
 * delete meanwhile); null where it refers to none. Throws `invalid_body` (422) where the row does not exist.
 */
export async function requireLive<M extends Model>(tx: TxContext, model: ModelStatic<M>, id: unknown, field: string): Promise<M | null> {
  if (id === null || id === undefined) return null;
  const { transaction } = tx;
  const row = await model.findByPk(String(id), { lock: transaction.LOCK.SHARE, transaction });
  if (row) return row;
  const message = `${field} refers to nothing that exists`;
  throw invalidBody.because(message, { errors: [{ pointer: `/${field}`, code: 'unknown_reference', message }] });
}
