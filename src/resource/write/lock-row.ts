import { type Model, QueryTypes } from 'sequelize';
import type { TxContext } from '../../context/context';
import { Binder, equals, where } from '../../database/sql/binder';
import { type DeletedRows, deletedCondition, tableOf } from '../definition/columns';
import type { Resource } from '../definition/resource';
import { notFoundHere } from '../read/read-one';

/**
 * Loads an object for a write and holds its row until the unit of work ends, so that what is checked stays true; throws
 * `not_found` (404), also where it is not for this actor.
 */
export async function lockRow(tx: TxContext, resource: Resource, id: string, deleted: DeletedRows = 'without'): Promise<Model> {
  const row = await findRow(tx, resource, id, deleted);
  if (!row) throw notFoundHere(resource);
  return row;
}

/** The same, with null for an object that is not there. */
export async function findRow(tx: TxContext, resource: Resource, id: string, deleted: DeletedRows): Promise<Model | null> {
  const model = resource.model();
  const binder = new Binder();
  const conditions = [equals('id', id, 'uuid'), ...deletedCondition(model, deleted), ...(resource.scope?.(tx) ?? [])];
  const [row] = await tx.sequelize.query(`SELECT t.* FROM ${tableOf(model)} t${where(conditions, 't', binder.bind)} FOR UPDATE`, {
    bind: binder.values,
    type: QueryTypes.SELECT,
    model,
    mapToModel: true,
    transaction: tx.transaction,
  });
  return row ?? null;
}
