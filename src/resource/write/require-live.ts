import type { Model, ModelStatic } from 'sequelize';
import type { TxContext } from '../../context/context';
import { queryOne } from '../../database/sql/statement';
import { invalidBody } from '../../problems/common-problems';
import { tableOf } from '../definition/columns';

/**
 * Throws `invalid_body` (422) where a body refers to a missing or deleted object, and locks the object until the unit of work ends: a
 * foreign key alone would let it be soft-deleted meanwhile.
 */
export async function requireLive(tx: TxContext, model: ModelStatic<Model>, id: unknown, field: string): Promise<void> {
  if (id === null || id === undefined) return;
  const text = `SELECT 1 AS found FROM ${tableOf(model)} WHERE id = $1 AND deleted_at IS NULL FOR SHARE`;
  if (await queryOne(tx, { text, values: [id] })) return;
  const message = `${field} does not exist`;
  throw invalidBody.because(message, { errors: [{ pointer: `/${field}`, code: 'unknown_reference', message }] });
}
