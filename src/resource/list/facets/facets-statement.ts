import { allOf, Binder, type Condition, where } from '../../../database/sql/binder';
import type { Statement } from '../../../database/sql/statement';
import { tableOf } from '../../definition/columns';
import type { Resource } from '../../definition/resource';
import { type ChosenFacet, MAX_COUNTED, MAX_VALUES } from '../../query/facets/chosen-facets';
import { conditionOf } from '../../query/filters/filters';

/** The rows of a sample; the error of a tenth is half a percent then. */
const SAMPLE = 5_000;

/**
 * Returns the statement that counts the facets, each under the conditions and the filters of all facets but its own. It reads the rows once,
 * with the outcome of each facet's filters beside its values. More rows than are counted exactly are estimated from a sample of whole parts.
 */
export function facetsStatement(
  resource: Resource,
  query: Readonly<Record<string, unknown>>,
  conditions: readonly Condition[],
  facets: readonly ChosenFacet[],
): Statement {
  const { bind, values } = new Binder();
  const own = facets.map(({ filters }) => filters.map((name) => conditionOf(resource, name, query[name])));
  const all = [...conditions, ...relevant(own.filter((filters) => filters.length > 0))];
  const columns = facets.flatMap(({ facet, member }, at) => [
    `(${facet.value('t', member, bind)}) AS v${at}`,
    ...(own[at]?.length ? [`${allOf(own[at])('t', bind)} IS TRUE AS f${at}`] : []),
  ]);
  const table = tableOf(resource.model());
  const select = (part: string, further: readonly Condition[]) =>
    `SELECT ${['t.id', `${part} AS part`, ...columns].join(', ')} FROM ${table} t${where([...all, ...further], 't', bind)}`;
  const others = (at: number) => facets.flatMap((_, other) => (other !== at && own[other]?.length ? [`f${other}`] : []));
  const counted = facets.map(({ facet }, at) => {
    const rows = `(SELECT id, v${at} AS v FROM base${others(at).length === 0 ? '' : ` WHERE ${others(at).join(' AND ')}`})`;
    const scaled = `to_jsonb(g) - 'band' || jsonb_build_object('count', round(g.count * factor)::bigint) AS value`;
    const order = facet.orderBy ?? 'count DESC, value';
    const best = `SELECT ${scaled} FROM (${facet.count(rows, { bind, query })} ORDER BY ${order} LIMIT ${MAX_VALUES}) g, scale`;
    return `(SELECT coalesce(json_agg(value), '[]') FROM (${best}) o) AS r${at}`;
  });
  return {
    text: `WITH ${baseRows(resource, select)} SELECT (SELECT count(*)::int FROM base) AS rows, (SELECT factor > 1 FROM scale) AS "isApproximate", ${counted.join(', ')}`,
    values,
  };
}

/* Rows that fail the filters of two facets are in no count. */
function relevant(own: readonly (readonly Condition[])[]): Condition[] {
  if (own.length < 2) return [];
  return [(t, bind) => `(${own.map((_, left) => allOf(own.filter((_filters, at) => at !== left).flat())(t, bind)).join(' OR ')})`];
}

function baseRows({ sampling }: Resource, select: (part: string, further: readonly Condition[]) => string): string {
  if (!sampling) return `base AS MATERIALIZED (${select('0', [])}), scale AS (SELECT 1::numeric AS factor)`;
  const { parts, inPart } = sampling;
  const isMany = `(SELECT count(*) FROM few) > ${MAX_COUNTED}`;
  const sample = `SELECT s.* FROM generate_series(0, ${parts - 1}) p CROSS JOIN LATERAL (${select('p', [inPart('p')])}) s WHERE ${isMany} LIMIT ${SAMPLE}`;
  // The last part may have been cut off.
  return `few AS MATERIALIZED (${select('0', [])} LIMIT ${MAX_COUNTED + 1}),
    sample AS MATERIALIZED (${sample}),
    whole AS (SELECT CASE WHEN count(*) < ${SAMPLE} THEN ${parts} ELSE greatest(max(part), 1) END AS parts FROM sample),
    base AS MATERIALIZED (
      SELECT * FROM few WHERE NOT (${isMany}) UNION ALL SELECT * FROM sample WHERE part < (SELECT parts FROM whole)
    ),
    scale AS (SELECT CASE WHEN ${isMany} THEN ${parts}::numeric / (SELECT parts FROM whole) ELSE 1 END AS factor)`;
}
