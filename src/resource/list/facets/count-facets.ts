import type { Ctx } from '../../../context/context';
import { queryInShare } from '../../../database/pool/query-in-share';
import type { Condition } from '../../../database/sql/binder';
import type { Resource } from '../../definition/resource';
import { chosenFacets } from '../../query/facets/chosen-facets';
import type { ListQuery } from '../../query/list-query';
import { rowsOfList } from '../rows-of-list';
import { facetsStatement } from './facets-statement';

/** The counts of the facets of a list, as the JSON of a response. */
export interface CountedFacets {
  /** The rows that any of them counted. */
  readonly rows: number;
  readonly facets: Readonly<Record<string, unknown>>;
}

/**
 * Counts the facets that the query names over the rows of its list, each under the filters of the others, in the first way to match `q` that
 * has any; one statement each. A page without rows may have counts: its filters are left out of some. Throws `invalid_parameters` (400) and
 * `forbidden` (403).
 */
export async function countFacets(ctx: Ctx, resource: Resource, query: ListQuery, fixed: readonly Condition[]): Promise<CountedFacets> {
  const { ways } = rowsOfList(ctx, resource, query, fixed, 0);
  for (let at = 0; ; at += 1) {
    const counted = await countInWay(ctx, resource, query, fixed, at);
    if (counted.rows > 0 || at >= ways - 1) return counted;
  }
}

async function countInWay(
  ctx: Ctx,
  resource: Resource,
  query: ListQuery,
  fixed: readonly Condition[],
  wayAt: number,
): Promise<CountedFacets> {
  const facets = chosenFacets(ctx, resource, String(query.facets), query);
  const left = new Set(facets.flatMap(({ filters }) => filters));
  const kept = Object.fromEntries(Object.entries(query).filter(([name]) => !left.has(name)));
  const { conditions, known } = rowsOfList(ctx, resource, kept, fixed, wayAt);
  const statement = facetsStatement(resource, query, [...conditions, ...known], facets);
  const [row] = await queryInShare<Record<string, unknown>>(ctx, 'slow', statement);
  const counted = facets.map(({ name }, at) => [name, { values: row?.[`r${at}`], isApproximate: row?.isApproximate }]);
  return { rows: Number(row?.rows ?? 0), facets: Object.fromEntries(counted) };
}
