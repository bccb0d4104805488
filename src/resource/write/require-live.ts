import type { Model, ModelStatic } from 'sequelize';
import type { TxContext } from '../../context/context';
import { queryOne } from '../../database/sql/statement';
import { invalidBody } from '../../problems/common-problems';
import { tableOf } from '../definition/columns';

/**
 * Makes sure that what a body refers to lives, and stays so until the unit of work ends (a shared row lock: a foreign key alone
 * would let it be soft-deleted meanwhile); throws `invalid_body` (422).
 */
export async function requireLive(tx: TxContext, model: ModelStatic<Model>, id: unknown, field: string): Promise<void> {
  if (id === null || id === undefined) return;
  const text = `SELECT 1 AS found FROM ${tableOf(model)} WHERE id = $1 AND deleted_at IS NULL FOR SHARE`;
  if (await queryOne(tx, { text, values: [id] })) return;
  const message = `${field} refers to nothing that exists`;
  throw invalidBody.because(message, { errors: [{ pointer: `/${field}`, code: 'unknown_reference', message }] });
}
