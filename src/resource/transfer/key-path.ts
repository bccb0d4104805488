import { column } from '../../database/sql/binder';
import { columnOf, tableOf } from '../definition/columns';
import type { Resource } from '../definition/resource';
import { transferOf } from './columns';

/** Returns the expression of the keys from the top of a tree down to the row that `alias` names, with slashes between. */
export function keyPath(resource: Resource, alias: string): string {
  const model = resource.model();
  const { key, path, references = {} } = transferOf(resource);
  const parent = references[path?.parent ?? ''];
  if (!parent) throw new Error(`${resource.name} declares no path.`);
  const [own, up] = [columnOf(model, key), columnOf(model, parent.field)];
  return `(WITH RECURSIVE tree (path, parent) AS (
      SELECT ${column(alias, own)}::text, ${column(alias, up)}
      UNION ALL SELECT p."${own}" || '/' || tree.path, p."${up}" FROM tree JOIN ${tableOf(model)} p ON p.id = tree.parent)
    SELECT path FROM tree WHERE parent IS NULL)`;
}
