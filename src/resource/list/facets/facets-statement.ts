import { allOf, Binder, type Condition, where } from '../../../database/sql/binder';
import type { Statement } from '../../../database/sql/statement';
import { tableOf } from '../../definition/columns';
import type { Resource } from '../../definition/resource';
import { type ChosenFacet, MAX_COUNTED, MAX_VALUES } from '../../query/facets/chosen-facets';
import { conditionOf } from '../../query/filters/filters';
import { type CountBounds, countedRows } from './counted-rows';

/** The error of a tenth is half a percent in such a sample. */
const BOUNDS: CountBounds = { exact: MAX_COUNTED, sample: 5_000 };

/**
 * Returns the statement that counts the facets, each under the conditions and the filters of all facets but its own. It reads the rows once,
 * with the outcome of each facet's filters beside its values. Rows beyond a bound are estimated from a sample.
 */
export function facetsStatement(
  resource: Resource,
  query: Readonly<Record<string, unknown>>,
  conditions: readonly Condition[],
  facets: readonly ChosenFacet[],
  bounds = BOUNDS,
): Statement {
  const { bind, values } = new Binder();
  const own = facets.map(({ filters }) => filters.map((name) => conditionOf(resource, name, query[name])));
  const all = [...conditions, ...relevant(own.filter((filters) => filters.length > 0))];
  const columns = facets.flatMap(({ facet, member }, at) => [
    `(${facet.value('t', member, bind)}) AS v${at}`,
    ...(own[at]?.length ? [`${allOf(own[at])('t', bind)} IS TRUE AS f${at}`] : []),
  ]);
  const table = tableOf(resource.model());
  const select = (further: readonly Condition[]) =>
    `SELECT ${['t.id', ...columns].join(', ')} FROM ${table} t${where([...all, ...further], 't', bind)}`;
  const others = (at: number) => facets.flatMap((_, other) => (other !== at && own[other]?.length ? [`f${other}`] : []));
  const counted = facets.map(({ facet }, at) => {
    const rows = `(SELECT id, v${at} AS v FROM base${others(at).length === 0 ? '' : ` WHERE ${others(at).join(' AND ')}`})`;
    const scaled = `to_jsonb(g) - 'band' || jsonb_build_object('count', round(g.count * factor)::bigint) AS value`;
    const order = facet.orderBy ?? 'count DESC, value';
    const best = `SELECT ${scaled} FROM (${facet.count(rows, { bind, query })} ORDER BY ${order} LIMIT ${MAX_VALUES}) g, scale`;
    return `(SELECT coalesce(json_agg(value), '[]') FROM (${best}) o) AS r${at}`;
  });
  return {
    text: `WITH ${countedRows(resource, select, bounds)} SELECT (SELECT count(*)::int FROM base) AS rows, (SELECT factor > 1 FROM scale) AS "isApproximate", ${counted.join(', ')}`,
    values,
  };
}

/* Rows that fail the filters of two facets are in no count. */
function relevant(own: readonly (readonly Condition[])[]): Condition[] {
  if (own.length < 2) return [];
  return [(t, bind) => `(${own.map((_, left) => allOf(own.filter((_filters, at) => at !== left).flat())(t, bind)).join(' OR ')})`];
}
