import { v7 } from 'uuid';
import type { TxContext } from '../../context/context';
import { etagHeader } from '../../http/output/conditional';
import { created, type Reply } from '../../http/output/reply';
import type { Values } from '../definition/resource';
import { readObject } from '../read/read-one';
import { type NewWrite, PendingWrite, requireAccepted } from './pending-write';
import { createRows } from './rows/create-rows';
import type { ManagedResource } from './write-hooks';

/** Creates an object and returns the reply with it (201); throws `value_taken` (409). */
export async function createObject(tx: TxContext, managed: ManagedResource, values: Values): Promise<Reply> {
  const { resource } = managed;
  const write = newWrite(values);
  await createRows(tx, managed, [write], async () => {
    await resource.model().create({ ...write.values }, { transaction: tx.transaction });
  });
  requireAccepted(write);
  const found = await readObject(tx, resource, write.id);
  return created(`${resource.prefix}/${write.id}`, found.text, etagHeader(found.tag));
}

/** Returns the write of a new object, under its own id or a new one. */
export function newWrite(values: Values): NewWrite {
  const id = String(values.id ?? v7());
  return new PendingWrite('create', id, null, { ...values, id });
}
