import { hash } from 'node:crypto';
import type { Ctx } from '../../context/context';
import { Binder, type Condition, where } from '../../database/sql/binder';
import type { Statement } from '../../database/sql/statement';
import type { Resource } from '../definition/resource';
import { filterNames } from '../query/filters/filters';
import type { ListQuery } from '../query/list-query';
import { requireCursorOf } from '../query/order/cursor';
import { sortKeys } from '../query/order/sort';
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
}

const plans = new PlanCache<ListPlan>();

/**
 * Returns the plan of a list. Lists below an object and numbered pages are planned each time, because they rarely come twice. Throws
 * `invalid_parameters` (400), `invalid_cursor` (400) for a cursor of another list, and `forbidden` (403) where the query asks for
 * deleted rows that the actor may not see.
 */
export function planList(ctx: Ctx, resource: Resource, request: ListRequest, path: string, conditions: readonly Condition[]): ListPlan {
  const { query, cursor } = request;
  const make = () => newPlan(ctx, resource, request, path, conditions);
  const isCached = conditions.length === 0 && request.page === null;
  const plan = isCached ? plans.get(ctx.actor, resource, path + JSON.stringify({ ...query, cursor: undefined }), make) : make();
  if (cursor) requireCursorOf(plan.identity, plan.page.keys.length, cursor);
  return plan;
}

function newPlan(ctx: Ctx, resource: Resource, { query, limit }: ListRequest, path: string, fixed: readonly Condition[]): ListPlan {
  const { conditions, sort, scope, deleted } = rowsOfList(ctx, resource, query, fixed);
  const collapsed = isCollapsed(resource, query);
  // With conditions of the actor or of the path, only the default sort is certain to have an index that covers them.
  const hasIndex = sort === resource.defaultSort || scope.length + fixed.length === 0;
  const isUnfiltered =
    !collapsed && query.q === undefined && query.page === undefined && filterNames(resource, query).length === 0 && deleted === 'without';
  const keys = sortKeys(resource, sort, query.q);
  const representation = representationOf(resource, query);
  const page: PageRequest = {
    conditions: collapsed ? [...conditions, firstOfGroup(resource, conditions, keys)] : conditions,
    keys,
    representation: collapsed ? withGroup(resource, representation) : representation,
    limit,
    isIndexWalk: isUnfiltered && hasIndex,
  };
  const rows = JSON.stringify([path, sort, deleted, collapsed, query.q ?? null, filtersOf(resource, query), scopeOf(scope)]);
  return { resource, page, identity: hash('sha256', rows, 'base64url'), url: listUrl(path, query), statements: new Map() };
}

function filtersOf(resource: Resource, query: ListQuery): unknown[] {
  return filterNames(resource, query).map((name) => [name, query[name]]);
}

/* The same sort and filters are other rows for another customer. */
function scopeOf(scope: readonly Condition[]): unknown[] {
  const binder = new Binder();
  return [where(scope, 't', binder.bind), binder.values];
}
