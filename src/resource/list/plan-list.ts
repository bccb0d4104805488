import { hash } from 'node:crypto';
import type { Ctx } from '../../context/context';
import { Binder, type Condition, where } from '../../database/sql/binder';
import type { Statement } from '../../database/sql/statement';
import { deletedCondition } from '../definition/columns';
import type { Resource } from '../definition/resource';
import type { SearchWay } from '../definition/search';
import { filterNames } from '../query/filters/filters';
import type { ListQuery } from '../query/list-query';
import { RELEVANCE, sortKeys } from '../query/order/sort';
import { PlanCache } from '../query/plan-cache';
import { representationOf } from '../query/representation';
import { firstOfGroup, isCollapsed, withGroup } from './collapse';
import { listUrl } from './page/link-header';
import type { PageRequest } from './page/page-statement';
import type { ListRequest } from './parse-list-query';
import { rowsOfList } from './rows-of-list';

/** The plan of a list for an actor: everything but the position in the list. */
export interface ListPlan {
  readonly resource: Resource;
  readonly page: PageRequest;
  /** Identifies the list: the same rows in the same order. Its cursors carry a checksum over it. */
  readonly identity: string;
  /** The URL that its links build on. */
  readonly url: string;
  /** The statements of its pages, by the direction and the nulls of their position. */
  readonly statements: Map<string, Statement>;
  /** How its rows match `q`; null where it is not given. */
  readonly way: SearchWay | null;
  /** The number of ways to match it, 1 where it is not given. */
  readonly ways: number;
}

const plans = new PlanCache<ListPlan>();

/**
 * Returns the plan of a list. Lists below an object and numbered pages are planned each time, because they rarely come twice. Throws
 * `invalid_parameters` (400), and `forbidden` (403) where the query asks for deleted rows that the actor may not see.
 */
export function planList(
  ctx: Ctx,
  resource: Resource,
  request: ListRequest,
  path: string,
  conditions: readonly Condition[],
  wayAt = 0,
): ListPlan {
  const make = () => newPlan(ctx, resource, request, path, conditions, wayAt);
  const isCached = conditions.length === 0 && request.page === null;
  return isCached ? plans.get(ctx, resource, path + wayAt + JSON.stringify({ ...request.query, cursor: undefined }), make) : make();
}

function newPlan(
  ctx: Ctx,
  resource: Resource,
  { query, limit }: ListRequest,
  path: string,
  fixed: readonly Condition[],
  wayAt: number,
): ListPlan {
  const { conditions, unsearched, known, few, sort, scope, deleted, way, ways } = rowsOfList(ctx, resource, query, fixed, wayAt);
  const collapsed = isCollapsed(resource, query);
  // With conditions of the actor or of the path, only the default sort is certain to have an index that covers them.
  const hasIndex = sort === resource.defaultSort || scope.length + fixed.length === 0;
  const hasFilters = filterNames(resource, query).length > 0;
  const isUnfiltered = !collapsed && query.q === undefined && query.page === undefined && !hasFilters && deleted === 'without';
  const isFiltered = hasFilters || collapsed || fixed.length > 0;
  const keys = sortKeys(resource, sort, way?.rank ?? null);
  // One field and the id; what deleted rows have is in no such index, and a later way looks up too much in each row.
  const mayWalk = way !== null && wayAt === 0 && keys.length <= 2 && !isByRelevance(sort) && !collapsed && deleted === 'without';
  const representation = representationOf(ctx, resource, query);
  const first = collapsed ? [firstOfGroup(resource, conditions, keys)] : [];
  const page: PageRequest = {
    conditions: [...conditions, ...first],
    keys,
    representation: collapsed ? withGroup(resource, representation) : representation,
    limit,
    highlights: query.highlight === true && way ? way.highlights : null,
    spelling: (wayAt > 0 && resource.search?.spelling) || null,
    isIndexWalk: isUnfiltered && hasIndex,
    few: few && { ...few, others: [...few.others, ...first] },
    covered: mayWalk ? deletedCondition(resource.model(), deleted) : null,
    searched:
      way?.candidates && isByRelevance(sort)
        ? {
            conditions: [...unsearched, ...first],
            known,
            isFiltered,
            matches: way.matches,
            candidates: way.candidates,
            sampling: resource.sampling ?? null,
          }
        : null,
  };
  const rows = JSON.stringify([path, sort, deleted, collapsed, query.q ?? null, way?.name, filtersOf(resource, query), scopeOf(scope)]);
  return { resource, page, identity: hash('sha256', rows, 'base64url'), url: listUrl(path, query), statements: new Map(), way, ways };
}

function isByRelevance(sort: string): boolean {
  return sort.split(',').some((part) => part === RELEVANCE || part === `-${RELEVANCE}`);
}

function filtersOf(resource: Resource, query: ListQuery): unknown[] {
  return filterNames(resource, query).map((name) => [name, query[name]]);
}

/* The same sort and filters are other rows for another customer. */
function scopeOf(scope: readonly Condition[]): unknown[] {
  const binder = new Binder();
  return [where(scope, 't', binder.bind), binder.values];
}
