import type { TxContext } from '../../context/context';
import { queryAll } from '../../database/sql/statement';
import type { Problem } from '../../problems/problem';
import { isVersioned, tableOf } from '../definition/columns';
import type { Resource } from '../definition/resource';
import { acceptedOf, type PendingWrite } from '../write/pending-write';

/** What came of one of many writes: the object with its version (null where the resource has none), or why it was not written. */
export type BulkResult =
  | { readonly id: string; readonly version: number | null; readonly problem?: undefined }
  | { readonly id: string; readonly problem: Problem };

/** Returns the result of each write, in order, with the versions as they are now, in one statement. */
export async function resultsOf(tx: TxContext, resource: Resource, writes: readonly PendingWrite[]): Promise<BulkResult[]> {
  const versions = await versionsOf(
    tx,
    resource,
    acceptedOf(writes).map(({ id }) => id),
  );
  return writes.map(({ id, problem }) => (problem ? { id, problem } : { id, version: versions.get(id) ?? null }));
}

/** Returns the result of each creation, in order, where nothing has changed the rows since: a new row has version 1. */
export function newResultsOf(resource: Resource, writes: readonly PendingWrite[]): BulkResult[] {
  const version = isVersioned(resource) ? 1 : null;
  return writes.map(({ id, problem }) => (problem ? { id, problem } : { id, version }));
}

async function versionsOf(tx: TxContext, resource: Resource, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0 || !isVersioned(resource)) return new Map();
  const text = `SELECT id::text AS id, version FROM ${tableOf(resource.model())} WHERE id = ANY ((SELECT $1::uuid[])::uuid[])`;
  const rows = await queryAll<{ id: string; version: number }>(tx, { text, values: [ids] });
  return new Map(rows.map(({ id, version }) => [id, version]));
}
