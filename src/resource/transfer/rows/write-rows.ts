import type { BelongsToMany } from 'sequelize';
import { v7 } from 'uuid';
import type { TxContext } from '../../../context/context';
import { queryAll } from '../../../database/sql/statement';
import type { Problem } from '../../../problems/problem';
import { type BulkResult, createMany, updateMany } from '../../bulk';
import { columnOf, tableOf } from '../../definition/columns';
import type { Resource, Values } from '../../definition/resource';
import type { ManagedResource } from '../../write/write-hooks';
import { transferOf } from '../columns';
import type { RowChange } from './changed-row';
import type { ImportRow } from './import-row';
import type { LinkIds } from './keys/resolve-keys';

/** A row that creates an object. */
export interface Creation {
  readonly row: ImportRow;
  readonly values: Values;
}

/** A row that changes an object, or would if it differed. */
export interface Change extends RowChange {
  readonly row: ImportRow;
  readonly id: string;
}

/** Creates the objects of rows with their links, and sets the rows' outcomes. */
export async function writeCreations(
  tx: TxContext,
  managed: ManagedResource,
  creations: readonly Creation[],
  links: LinkIds,
): Promise<void> {
  if (creations.length === 0) return;
  const results = await createMany(
    tx,
    managed,
    creations.map(({ values }) => values),
  );
  for (const [at, { row }] of creations.entries()) settle(row, results[at] as BulkResult, 'created');
  const written = creations
    .map(({ row }, at) => ({ row, id: (results[at] as BulkResult).id }))
    .filter(({ row }) => row.outcome === 'created');
  for (const name of links.keys())
    await link(
      tx,
      managed.resource,
      name,
      written.filter(({ row }) => row.links.get(name)?.length),
      links,
    );
}

/** Changes the objects of rows and their links, and sets the rows' outcomes. */
export async function writeUpdates(tx: TxContext, managed: ManagedResource, changes: readonly Change[], links: LinkIds): Promise<void> {
  const patched = changes.filter(({ patch }) => Object.keys(patch).length > 0);
  const results =
    patched.length === 0
      ? []
      : await updateMany(
          tx,
          managed,
          patched.map(({ id, patch }) => ({ id, patch })),
        );
  for (const [at, { row }] of patched.entries()) settle(row, results[at] as BulkResult, 'updated');
  for (const name of links.keys()) {
    const linked = changes.filter((change) => change.row.outcome !== 'failed' && change.links.includes(name));
    await link(tx, managed.resource, name, linked, links);
    for (const { row } of linked) row.outcome = 'updated';
  }
  for (const { row } of changes) row.outcome ??= 'unchanged';
}

function settle(row: ImportRow, { problem }: BulkResult, outcome: 'created' | 'updated'): void {
  if (problem) row.refuse(...violationsOf(problem));
  else row.outcome = outcome;
}

function violationsOf({ errors, type, detail }: Problem) {
  return errors.length > 0 ? errors : [{ pointer: '', code: type.code, message: detail }];
}

/* Two statements, however many rows: links that the file does not name go, and those that are missing come. */
async function link(
  tx: TxContext,
  resource: Resource,
  name: string,
  rows: readonly { readonly row: ImportRow; readonly id: string }[],
  ids: LinkIds,
) {
  if (rows.length === 0) return;
  const { include } = transferOf(resource).links?.[name] ?? { include: name };
  const { through, foreignKey, otherKey } = resource.model().associations[include] as unknown as BelongsToMany & Join;
  const [table, own, other] = [tableOf(through.model), columnOf(through.model, foreignKey), columnOf(through.model, otherKey)];
  const pairs = rows.flatMap(({ row, id }) => [...new Set(row.links.get(name))].map((key) => [id, ids.get(name)?.get(key)]));
  const [owners, others] = [pairs.map(([id]) => id), pairs.map(([, id]) => id)];
  const isGiven = `EXISTS (SELECT 1 FROM unnest($2::uuid[], $3::uuid[]) AS g (a, b) WHERE g.a = l."${own}" AND g.b = l."${other}")`;
  await queryAll(tx, {
    text: `DELETE FROM ${table} l WHERE l."${own}" = ANY ($1::uuid[]) AND NOT ${isGiven}`,
    values: [rows.map(({ id }) => id), owners, others],
  });
  await queryAll(tx, {
    text: `INSERT INTO ${table} (id, "${own}", "${other}") SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) ON CONFLICT DO NOTHING`,
    values: [pairs.map(() => v7()), owners, others],
  });
}

interface Join {
  readonly through: { readonly model: Parameters<typeof tableOf>[0] };
  readonly foreignKey: string;
  readonly otherKey: string;
}
