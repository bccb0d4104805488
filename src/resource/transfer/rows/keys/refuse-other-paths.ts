import type { TxContext } from '../../../../context/context';
import { column } from '../../../../database/sql/binder';
import { queryAll } from '../../../../database/sql/statement';
import { columnOf, tableOf } from '../../../definition/columns';
import type { Resource } from '../../../definition/resource';
import { transferOf } from '../../columns';
import { keyPath } from '../../key-path';
import { type ImportRow, keyOf } from '../import-row';

/**
 * Refuses rows whose path leads to a parent that is elsewhere in the tree, in one statement. A parent that is among the rows itself is where
 * its own path says, unless it has none.
 */
export async function refuseOtherPaths(tx: TxContext, resource: Resource, rows: readonly ImportRow[]): Promise<void> {
  const { path } = transferOf(resource);
  const below = rows.filter(({ parentPath }) => typeof parentPath === 'string');
  if (!path || below.length === 0) return;
  const own = new Map(rows.map((row) => [keyOf(resource, row), row]));
  const parentOf = ({ references }: ImportRow) => references.get(path.parent) ?? '';
  const stored = await storedPaths(
    tx,
    resource,
    [...new Set(below.map(parentOf))].filter((key) => !own.has(key)),
  );
  for (const row of below) {
    const parent = parentOf(row);
    const among = own.get(parent);
    const actual = among ? pathOf(among, parent) : stored.get(parent);
    if (actual === undefined || actual === row.parentPath) continue;
    row.refuse({
      pointer: `/${path.column}`,
      code: 'wrong_path',
      message: `${path.column} leads to "${String(row.parentPath).slice(0, 200)}", but its ${resource.one} "${parent.slice(0, 100)}" is at "${actual.slice(0, 200)}"`,
    });
  }
}

function pathOf({ parentPath }: ImportRow, key: string): string | undefined {
  if (parentPath === undefined) return undefined;
  return parentPath === null ? key : `${parentPath}/${key}`;
}

async function storedPaths(tx: TxContext, resource: Resource, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (keys.length === 0) return new Map();
  const model = resource.model();
  const key = column('t', columnOf(model, transferOf(resource).key));
  const isLive = model.options.paranoid ? ' AND t.deleted_at IS NULL' : '';
  const text = `SELECT ${key} AS key, ${keyPath(resource, 't')} AS path FROM ${tableOf(model)} t WHERE ${key} = ANY ($1::text[])${isLive}`;
  const found = await queryAll<{ key: string; path: string }>(tx, { text, values: [keys] });
  return new Map(found.map(({ key: named, path }) => [named, path]));
}
