import type { Ctx } from '../../context/context';
import { type Bind, column } from '../../database/sql/binder';
import { columnOf, isVersioned } from '../definition/columns';
import { kindsOfInclude, type Resource } from '../definition/resource';
import { type Representation, showsComputed, showsSummary, WHOLE } from '../query/representation';
import { type RelatedRows, relatedRows } from './related-rows';

/** Returns the expression of the part of an ETag that identifies the version of row `alias`, as `versionTag` writes it. */
export function versionExpression({ model }: Resource, alias: string): string {
  const part = (name: string) => column(alias, columnOf(model(), name));
  return `(replace(${part('id')}::text, '-', '') || '.' || to_hex(${milliseconds(part('createdAt'))}) || '.' || ${part('version')})`;
}

/**
 * Returns an expression of hexadecimal digits that covers what the version of row `alias` does not: other fields or relations give
 * another value, and so does a related row that came, went or has another version. PostgreSQL computes it from ids and versions, without
 * rendering the body. Null where related rows have no version, a parameter changes what is shown, or values or summaries are shown
 * that other rows make.
 */
export function etagExpression(
  ctx: Ctx,
  resource: Resource,
  { fields, include, parameters, isTimed }: Representation,
  alias: string,
  bind: Bind,
): string | null {
  if (parameters !== undefined || !hasVersions(resource, { fields, include })) return null;
  const shape = `hashtextextended('${fields?.join() ?? '*'} ${include.join()}', 0)`;
  const relations = include.flatMap((name) => relatedRows(ctx, resource, name, alias, bind)).map(versions);
  return `to_hex(${[shape, ...statistics(resource, alias, fields, isTimed), ...relations].join(' # ')})`;
}

function hasVersions(resource: Resource, representation: Representation): boolean {
  if (showsSummary(resource, representation)) return false;
  const related = representation.include.flatMap((name) => kindsOfInclude(resource, name)).map(([, include]) => include.resource());
  return !showsComputed(resource, representation) && related.every((each) => isVersioned(each) && !showsComputed(each, WHOLE));
}

/**
 * Returns an expression of hexadecimal digits that covers the fields of row `alias` that change without its version; null where the resource
 * has none.
 */
export function statisticsExpression(resource: Resource, alias: string, isTimed = false): string | null {
  const covered = statistics(resource, alias, null, isTimed);
  return covered.length === 0 ? null : `to_hex(${covered.join(' # ')})`;
}

function statistics({ fields, model, timed }: Resource, alias: string, shown: readonly string[] | null, isTimed = false): string[] {
  const counts = Object.keys(fields)
    .filter((name) => fields[name]?.isStatistic && (shown === null || shown.includes(name)))
    .map((name) => `${column(alias, columnOf(model(), name))}::bigint`);
  return isTimed && timed ? [...counts, timed.digest(alias)] : counts;
}

/*
 * Ids are unique, so neither the order of the rows nor their relation matters. The time of creation tells a row from an earlier one of
 * its id, which was purged; it takes 41 bits, and the version those above.
 */
function versions({ resource: related, alias, source }: RelatedRows): string {
  const part = (attribute: string) => column(alias, columnOf(related.model(), attribute));
  const state = [milliseconds(part('createdAt')), `(${part('version')}::bigint << 41)`, ...statistics(related, alias, null, true)].join(
    ' # ',
  );
  return `coalesce((SELECT bit_xor(uuid_hash_extended(${column(alias, 'id')}, ${state})) ${source}), 0)`;
}

function milliseconds(time: string): string {
  return `(extract(epoch FROM ${time}) * 1000)::bigint`;
}
