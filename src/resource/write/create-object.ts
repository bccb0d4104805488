import type { TxContext } from '../../context/context';
import { etagHeader } from '../../http/output/conditional';
import { created, type Reply } from '../../http/output/reply';
import type { Values } from '../definition/resource';
import { readObject } from '../read/read-one';
import type { ManagedResource } from './write-hooks';

/** Creates an object and returns the reply with it (201). */
export async function createObject(tx: TxContext, { resource, hooks }: ManagedResource, values: Values): Promise<Reply> {
  await hooks.lockFirst?.(tx);
  const { beforeCreate, afterWrite } = hooks;
  const completed = (await beforeCreate?.(tx, values)) ?? values;
  const row = await resource.model().create({ ...completed }, { transaction: tx.transaction });
  await afterWrite?.(tx, row);
  const id = String(row.get('id'));
  const found = await readObject(tx, resource, id);
  return created(`${resource.prefix}/${id}`, found.text, etagHeader(found.tag));
}
