import type { TxContext } from '../../context/context';
import { queryAll } from '../../database/sql/statement';
import { idTaken } from '../../problems/common-problems';
import { tableOf } from '../definition/columns';
import type { Resource, Values } from '../definition/resource';
import { newWrite } from '../write/create-object';
import { acceptedOf, type NewWrite } from '../write/pending-write';
import { createRows } from '../write/rows/create-rows';
import type { ManagedResource } from '../write/write-hooks';
import { type BulkResult, newResultsOf, resultsOf } from './bulk-result';
import { insertRows } from './write/insert-rows.statement';
import { writeOrSplit } from './write/write-or-split';

/**
 * Creates objects of values that the creation schema has accepted, and returns the result of each, in order. What a check or the database
 * refuses is left out, and the rest is created: whoever wants all or none throws on a problem. An `id` among the values is the new
 * object's. The number of statements does not grow with the objects.
 */
export async function createMany(tx: TxContext, managed: ManagedResource, items: readonly Values[]): Promise<BulkResult[]> {
  const { resource, hooks } = managed;
  const writes = items.map(newWrite);
  await refuseUsedIds(
    tx,
    resource,
    writes.filter((_write, at) => items[at]?.id !== undefined),
  );
  await createRows(tx, managed, acceptedOf(writes), (accepted) =>
    writeOrSplit(tx, resource, accepted, (part) => insertRows(tx, resource.model(), part)),
  );
  return hooks.afterWrite ? resultsOf(tx, resource, writes) : newResultsOf(resource, writes);
}

/* Deleted objects keep their ids. */
async function refuseUsedIds(tx: TxContext, { model, one }: Resource, writes: readonly NewWrite[]): Promise<void> {
  if (writes.length === 0) return;
  const text = `SELECT id::text AS id FROM ${tableOf(model())} WHERE id = ANY ((SELECT $1::uuid[])::uuid[])`;
  const used = new Set((await queryAll<{ id: string }>(tx, { text, values: [writes.map(({ id }) => id)] })).map(({ id }) => id));
  for (const write of writes) {
    if (used.has(write.id)) write.refuse(idTaken.because(`Another ${one}, perhaps a deleted one, has this id: choose another id.`));
  }
}
