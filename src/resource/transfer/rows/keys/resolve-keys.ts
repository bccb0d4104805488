import type { TxContext } from '../../../../context/context';
import { Binder, column, where } from '../../../../database/sql/binder';
import { queryAll } from '../../../../database/sql/statement';
import { columnOf, deletedCondition, tableOf } from '../../../definition/columns';
import type { Include, Resource } from '../../../definition/resource';
import { transferOf } from '../../columns';
import { type ImportRow, keyOf } from '../import-row';

/** The ids of linked objects, by column and key. */
export type LinkIds = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * Sets the ids of the objects that the rows name by key. A row may name another row of the same part, whose id is among `ids`. One that
 * names an object that does not exist, or a new one that waits itself, waits where it may, and is refused else.
 */
export async function resolveReferences(
  tx: TxContext,
  resource: Resource,
  rows: readonly ImportRow[],
  ids: ReadonlyMap<ImportRow, string>,
  isNew: (row: ImportRow) => boolean,
  mayDefer: boolean,
): Promise<void> {
  for (const [name, { field, resource: related, by }] of Object.entries(transferOf(resource).references ?? {})) {
    const naming = rows.filter(({ references }) => references.has(name));
    const keys = naming.flatMap(({ references }) => references.get(name) ?? []);
    const isOwn = related() === resource && by === transferOf(resource).key;
    const found = await idsOfKeys(tx, related(), by, keys, false);
    const own = new Map(isOwn ? rows.map((row) => [keyOf(resource, row), row]) : []);
    for (const row of naming) {
      const key = row.references.get(name) ?? null;
      const target = own.get(key ?? '');
      const id = key === null ? null : target ? ids.get(target) : found.get(key);
      if (id !== undefined) row.given.set(field, id);
      else if (isOwn && mayDefer) row.defer(String(key));
      else row.refuse(unknown(name, related(), by, String(key)));
    }
    if (isOwn) deferWithParents(naming, (row) => own.get(row.references.get(name) ?? ''), isNew);
  }
}

/* A row waits as long as the new one that it names. */
function deferWithParents(
  rows: readonly ImportRow[],
  targetOf: (row: ImportRow) => ImportRow | undefined,
  isNew: (row: ImportRow) => boolean,
): void {
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const row of rows) {
      const target = targetOf(row);
      if (row.outcome !== null || target?.outcome !== 'deferred' || !isNew(target)) continue;
      row.defer(String(target.waitsFor));
      isChanged = true;
    }
  }
}

/** Returns the ids of the objects that the rows link by key, which are locked against deletion; refuses rows that name others. */
export async function resolveLinks(tx: TxContext, resource: Resource, rows: readonly ImportRow[]): Promise<LinkIds> {
  const resolved = new Map<string, ReadonlyMap<string, string>>();
  for (const [name, { include, by }] of Object.entries(transferOf(resource).links ?? {})) {
    const related = (resource.includes[include] as Include).resource();
    const found = await idsOfKeys(
      tx,
      related,
      by,
      rows.flatMap(({ links }) => links.get(name) ?? []),
      true,
    );
    resolved.set(name, found);
    for (const row of rows) {
      const missing = (row.links.get(name) ?? []).find((key) => !found.has(key));
      if (missing !== undefined) row.refuse(unknown(name, related, by, missing));
    }
  }
  return resolved;
}

async function idsOfKeys(
  tx: TxContext,
  resource: Resource,
  by: string,
  keys: readonly string[],
  lock: boolean,
): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const { bind, values } = new Binder();
  const model = resource.model();
  const key = column('t', columnOf(model, by));
  const isNamed = () => `${key} = ANY ((SELECT ${bind([...new Set(keys)], 'text[]')})::text[])`;
  const rows = where([...deletedCondition(model, 'without'), ...(resource.scope?.(tx) ?? []), isNamed], 't', bind);
  const text = `SELECT ${key} AS key, t.id FROM ${tableOf(model)} t${rows} ORDER BY t.id${lock ? ' FOR SHARE' : ''}`;
  return new Map((await queryAll<{ key: string; id: string }>(tx, { text, values })).map(({ key: named, id }) => [named, id]));
}

function unknown(name: string, { one }: Resource, by: string, key: string) {
  const message = `${name} names the ${one.replaceAll('-', ' ')} "${key.slice(0, 100)}", which does not exist: write the ${by} of one that does, or create it first`;
  return { pointer: `/${name}`, code: 'unknown_reference', message };
}
