import type { Ctx } from '../../context/context';
import type { Condition } from '../../database/sql/binder';
import { type DeletedRows, deletedCondition } from '../definition/columns';
import type { Resource } from '../definition/resource';
import type { SearchWay } from '../definition/search';
import { deletedRows } from '../query/deleted-rows';
import { conditionsOfAnyNumber, conditionsOfKnownNumber, filterConditions, filterNames } from '../query/filters/filters';
import type { ListQuery } from '../query/list-query';
import { RELEVANCE } from '../query/order/sort';
import type { FewRows } from './page/few-rows';
import { joinedWays, waysOfSearch } from './search/ways-of-search';

/** Which rows a list has, and in which order. */
export interface ListRows {
  readonly conditions: readonly Condition[];
  /** The conditions without that of `q`. */
  readonly unsearched: readonly Condition[];
  /** What the search index knows of the filters: conditions that follow from theirs. */
  readonly known: readonly Condition[];
  /** The conditions by whether PostgreSQL can estimate their rows; null where it can for all, or with `q`. */
  readonly few: FewRows | null;
  /** Those of the conditions that depend on the actor. */
  readonly scope: readonly Condition[];
  readonly sort: string;
  readonly deleted: DeletedRows;
  /** How the rows match `q`; null where it is not given. */
  readonly way: SearchWay | null;
  /** The number of ways to match it, 1 where it is not given. */
  readonly ways: number;
}

/**
 * Returns the rows of a list query that match `q` in one of the ways, or in whichever has rows, under further conditions. Throws `forbidden`
 * (403) where it asks for deleted rows that the actor may not see.
 */
export function rowsOfList(
  ctx: Ctx,
  resource: Resource,
  query: ListQuery,
  fixed: readonly Condition[] = [],
  wayAt: number | 'any' = 'any',
): ListRows {
  const deleted = deletedRows(ctx, resource, query.deleted);
  const sort = query.sort ?? (isRanked(resource, query) ? `-${RELEVANCE}` : resource.defaultSort);
  const scope = resource.scope?.(ctx) ?? [];
  const visible = [...deletedCondition(resource.model(), deleted), ...scope];
  const ways = query.q === undefined ? [] : waysOfSearch(resource, query.q, visible);
  const way = (wayAt === 'any' ? ways.length > 0 && joinedWays(ways) : ways[wayAt]) || null;
  const lookup = query.q === undefined ? conditionsOfAnyNumber(resource, query, 'lookup') : [];
  const probe = conditionsOfAnyNumber(resource, query, 'probe');
  const few = lookup.length === 0 ? null : { lookup, probe, others: [...fixed, ...visible, ...conditionsOfKnownNumber(resource, query)] };
  const unsearched = [...fixed, ...visible, ...filterConditions(resource, query)];
  const known = filterNames(resource, query).flatMap((name) => resource.search?.knownFilters[name]?.(query[name]) ?? []);
  const conditions = way ? [...unsearched, way.matches] : unsearched;
  return { conditions, unsearched, known, few, scope, sort, deleted, way, ways: Math.max(1, ways.length) };
}

function isRanked({ search }: Resource, { q }: ListQuery): boolean {
  return q !== undefined && (search?.isRanked(q) ?? false);
}
