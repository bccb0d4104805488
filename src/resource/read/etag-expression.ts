import type { Ctx } from '../../context/context';
import { type Bind, column } from '../../database/sql/binder';
import { columnOf, isVersioned } from '../definition/columns';
import type { Resource } from '../definition/resource';
import type { Representation } from './projection';
import { relatedRows } from './related-rows';

/**
 * What the version of a row `alias` does not tell of its representation, as an expression of hexadecimal digits: it is another one for
 * other fields or relations, and where a related row came, went or has another version. PostgreSQL makes it from ids and versions,
 * without writing the text. Null where related rows have no version.
 */
export function fingerprint(ctx: Ctx, resource: Resource, { fields, include }: Representation, alias: string, bind: Bind): string | null {
  if (!include.every((name) => isVersioned((resource.includes[name] as Resource['includes'][string]).resource()))) return null;
  const shape = `hashtextextended('${fields?.join() ?? '*'} ${include.join()}', 0)`;
  const relations = include.map((name) => versions(ctx, resource, name, alias, bind));
  return `to_hex(${[shape, ...relations].join(' # ')})`;
}

/* Ids are unique, so the order of the rows does not matter, nor which relation they are of. */
function versions(ctx: Ctx, resource: Resource, name: string, parentAlias: string, bind: Bind): string {
  const { resource: related, alias, source } = relatedRows(ctx, resource, name, parentAlias, bind);
  const version = column(alias, columnOf(related.model(), 'version'));
  return `coalesce((SELECT bit_xor(uuid_hash_extended(${column(alias, 'id')}, ${version})) ${source}), 0)`;
}
