import type { Ctx } from '../../context/context';
import { type Bind, column } from '../../database/sql/binder';
import { columnOf, isVersioned } from '../definition/columns';
import type { Resource } from '../definition/resource';
import type { Representation } from '../query/representation';
import { relatedRows } from './related-rows';

/**
 * Returns an expression of hexadecimal digits that covers what the version of row `alias` does not: other fields or relations give
 * another value, and so does a related row that came, went or has another version. PostgreSQL computes it from ids and versions, without
 * rendering the body. Null where related rows have no version.
 */
export function etagExpression(
  ctx: Ctx,
  resource: Resource,
  { fields, include }: Representation,
  alias: string,
  bind: Bind,
): string | null {
  if (!include.every((name) => isVersioned((resource.includes[name] as Resource['includes'][string]).resource()))) return null;
  const shape = `hashtextextended('${fields?.join() ?? '*'} ${include.join()}', 0)`;
  const relations = include.map((name) => versions(ctx, resource, name, alias, bind));
  return `to_hex(${[shape, ...relations].join(' # ')})`;
}

/* Ids are unique, so neither the order of the rows nor their relation matters. */
function versions(ctx: Ctx, resource: Resource, name: string, parentAlias: string, bind: Bind): string {
  const { resource: related, alias, source } = relatedRows(ctx, resource, name, parentAlias, bind);
  const version = column(alias, columnOf(related.model(), 'version'));
  return `coalesce((SELECT bit_xor(uuid_hash_extended(${column(alias, 'id')}, ${version})) ${source}), 0)`;
}
