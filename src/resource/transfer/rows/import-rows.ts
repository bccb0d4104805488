import { v7 } from 'uuid';
import type { TxContext } from '../../../context/context';
import { takeAdvisoryLock } from '../../../database/locks';
import { queryAll } from '../../../database/sql/statement';
import type { Resource } from '../../definition/resource';
import type { ManagedResource } from '../../write/write-hooks';
import { importableColumns, transferOf } from '../columns';
import type { LayoutReader } from '../layouts/file-layout';
import type { RowPart, TransferredResource } from '../transferred-resources';
import { changedRow } from './changed-row';
import { type ImportRow, keyOf } from './import-row';
import { type MatchedRow, matchStatement } from './keys/match-rows.statement';
import { refuseOtherPaths } from './keys/refuse-other-paths';
import { resolveLinks, resolveReferences } from './keys/resolve-keys';
import type { RowValidator } from './row-validator';
import { writeCreations, writeUpdates } from './write-rows';

/** How an import reads its rows. */
export interface ImportOptions {
  readonly validator: RowValidator;
  /** Whether a row may wait for one behind it that it refers to. */
  readonly mayDefer: boolean;
  /** Of a file of another layout. */
  readonly layout: LayoutReader | null;
}

/**
 * Imports rows in their order: changes the objects of their keys, creates those that there are none of, and gives each row its outcome. What
 * is refused is left out. The number of statements does not grow with the rows, unless keys repeat: of rows with the same key the last one
 * wins, as if each had come alone.
 */
export async function importRows(
  tx: TxContext,
  managed: TransferredResource,
  rows: readonly ImportRow[],
  options: ImportOptions,
): Promise<void> {
  const { lockFirst } = managed.hooks;
  if (lockFirst) await takeAdvisoryLock(tx, lockFirst);
  const { layout } = options;
  const finish = await layout?.complete(tx, rows);
  // What was validated ahead was not complete.
  if (layout) for (const row of rows) row.validated = null;
  if (managed.writeParts) await managed.writeParts(tx, partsOf(rows, options.validator), options.mayDefer);
  else for (const part of withoutRepeatedKeys(managed, pending(rows))) await importPart(tx, managed, part, options);
  await finish?.();
}

function partsOf(rows: readonly ImportRow[], validator: RowValidator): RowPart[] {
  return pending(rows)
    .map((row) => ({ row, values: validator.creation(row) }))
    .filter(({ row }) => row.outcome === null);
}

async function importPart(
  tx: TxContext,
  managed: ManagedResource,
  rows: readonly ImportRow[],
  { validator, mayDefer }: ImportOptions,
): Promise<void> {
  const { resource } = managed;
  for (const row of pending(rows)) validator.requireKey(row);
  const known = pending(rows);
  const matched = await match(tx, managed, known);
  validator.expect(matched.size > rows.length / 2 ? 'change' : 'creation');
  // An id of our own is looked for among the used ones, so only rows that others may name have one.
  const mayBeNamed = hasOwnReference(resource);
  const ids = new Map(mayBeNamed ? known.map((row) => [row, matched.get(row)?.id ?? v7()]) : []);
  await resolveReferences(tx, resource, known, ids, (row) => !matched.has(row), mayDefer);
  await refuseOtherPaths(tx, resource, pending(rows));
  const resolved = known.filter(({ outcome }) => outcome !== 'deferred');
  const links = await resolveLinks(tx, resource, resolved);
  // What else is wrong with a row that names what does not exist: all of it can be mended at once.
  for (const row of resolved) if (row.outcome) void (matched.has(row) ? validator.change(row) : validator.creation(row));
  const creations = pending(rows).filter((row) => !matched.has(row));
  const changes = pending(rows).flatMap((row) => {
    const current = matched.get(row);
    return current ? [{ row, id: current.id, current: JSON.parse(current.body) as Record<string, unknown> }] : [];
  });
  const created = creations.map((row) => ({ row, values: { ...validator.creation(row), ...(mayBeNamed && { id: ids.get(row) }) } }));
  const updated = changes.map(({ row, id, current }) => ({ row, id, ...changedRow(resource, validator.change(row), current, row, links) }));
  await writeCreations(
    tx,
    managed,
    created.filter(({ row }) => !row.outcome),
    links,
  );
  await writeUpdates(
    tx,
    managed,
    updated.filter(({ row }) => !row.outcome),
    links,
  );
}

async function match(
  tx: TxContext,
  { resource }: ManagedResource,
  rows: readonly ImportRow[],
): Promise<ReadonlyMap<ImportRow, MatchedRow>> {
  if (rows.length === 0) return new Map();
  const names = new Set(rows.flatMap((row) => [...row.given.keys(), ...row.references.keys(), ...row.links.keys()]));
  const columns = importableColumns(resource).filter(({ name }) => names.has(name));
  const key = transferOf(resource).key;
  const found = await queryAll<MatchedRow & Record<string, unknown>>(
    tx,
    matchStatement(
      tx,
      resource,
      rows.map((row) => String(row.given.get(key))),
      columns,
    ),
  );
  return new Map(found.map((each) => [rows[each.position] as ImportRow, each]));
}

/** Returns whether objects of the resource may name others of it in a file. */
export function hasOwnReference(resource: Resource): boolean {
  return Object.values(transferOf(resource).references ?? {}).some((reference) => reference.resource() === resource);
}

function pending(rows: readonly ImportRow[]): ImportRow[] {
  return rows.filter(({ outcome }) => outcome === null);
}

/* Rows with the same key are written one after the other. */
function withoutRepeatedKeys({ resource }: ManagedResource, rows: readonly ImportRow[]): ImportRow[][] {
  const parts: ImportRow[][] = [[]];
  let keys = new Set<string>();
  for (const row of rows) {
    const key = keyOf(resource, row);
    if (keys.has(key)) {
      parts.push([]);
      keys = new Set();
    }
    keys.add(key);
    parts.at(-1)?.push(row);
  }
  return parts;
}
