import { LRUCache } from 'lru-cache';
import type { Env } from '../../../config/env';
import type { Actor, Ctx } from '../../context/context';
import { Binder, type Condition, where } from '../../database/sql/binder';
import type { Statement } from '../../database/sql/statement';
import { type DeletedRows, deletedCondition } from '../definition/columns';
import type { Resource } from '../definition/resource';
import { type CursorKey, cursorKey } from '../query/cursor';
import { filterConditions, filterNames } from '../query/filters';
import { DEFAULT_LIMIT, deletedRows, type ListQuery, representationOf } from '../query/list-query';
import { RELEVANCE, sortKeys } from '../query/sort';
import { linkQuestion } from './link-header';
import type { PageRequest } from './page-statement';

/** What a list's question means for who asks it: all but the place in the list. */
export interface CompiledList {
  readonly resource: Resource;
  readonly request: PageRequest;
  /** The settings that its cursors are signed under: there may be several apps in a process. */
  readonly env: Env;
  /** What its cursors are signed with. */
  readonly cursorKey: CursorKey;
  /** The question as its links ask it. */
  readonly question: string;
  /** The statements of its pages, by the way from a place and the nulls there. */
  readonly statements: Map<string, Statement>;
}

const MAX_LISTS = 50;
/* Longer questions are seldom asked twice, and must not fill the memory. */
const MAX_LENGTH = 500;

/* What a list shows depends on the resource, the question and who asks (as in sql/compiled-projection.ts). The questions are the client's to choose. */
const byActor = new WeakMap<Actor, WeakMap<Resource, LRUCache<string, CompiledList>>>();

/**
 * The list that the query asks for, compiled at the first page of a walk: putting a statement of thousands of letters together took as
 * long as a tenth of the page (docs/performance.md). Lists with conditions of the caller's own, and numbered ones, are compiled each
 * time. Throws `invalid_parameters` (400), and `forbidden` (403) where it asks for deleted rows that the actor may not see.
 */
export function compiledList(ctx: Ctx, resource: Resource, query: ListQuery, path: string, fixed: readonly Condition[]): CompiledList {
  if (fixed.length > 0 || query.page !== undefined) return compile(ctx, resource, query, path, fixed);
  const name = path + JSON.stringify({ ...query, cursor: undefined });
  const lists = listsOf(ctx.actor, resource);
  const known = lists.get(name);
  if (known?.env === ctx.env) return known;
  const list = compile(ctx, resource, query, path, fixed);
  if (name.length <= MAX_LENGTH) lists.set(name, list);
  return list;
}

/** What a cursor is bound to: the walk goes on only through the same rows in the same order, which are other rows for another customer. */
export function listIdentity(
  resource: Resource,
  query: ListQuery,
  sort: string,
  deleted: string,
  path: string,
  scope: readonly Condition[],
): string {
  const binder = new Binder();
  const shown = where(scope, 't', binder.bind);
  const filters = filterNames(resource, query).map((name) => [name, query[name]]);
  return JSON.stringify([path, sort, deleted, query.q ?? null, filters, shown, binder.values]);
}

function compile(ctx: Ctx, resource: Resource, query: ListQuery, path: string, fixed: readonly Condition[]): CompiledList {
  const deleted = deletedRows(ctx, resource, query.deleted);
  const sort = query.sort ?? (query.q === undefined ? resource.defaultSort : `-${RELEVANCE}`);
  const scope = resource.scope?.(ctx) ?? [];
  const conditions = [
    ...fixed,
    ...deletedCondition(resource.model(), deleted),
    ...scope,
    ...(query.q !== undefined && resource.search ? [resource.search.matches(query.q)] : []),
    ...filterConditions(resource, query),
  ];
  // Under conditions of the actor or of the path, only the default sort is sure to have an index with them.
  const hasIndex = sort === resource.defaultSort || scope.length + fixed.length === 0;
  const request: PageRequest = {
    conditions,
    keys: sortKeys(resource, sort, query.q),
    representation: representationOf(resource, query),
    limit: query.limit ?? DEFAULT_LIMIT,
    isPlainWalk: isUnfiltered(resource, query, deleted) && hasIndex,
  };
  const key = cursorKey(ctx.env, listIdentity(resource, query, sort, deleted, path, scope));
  return { resource, request, env: ctx.env, cursorKey: key, question: linkQuestion(path, query), statements: new Map() };
}

function isUnfiltered(resource: Resource, query: ListQuery, deleted: DeletedRows): boolean {
  return query.q === undefined && query.page === undefined && filterNames(resource, query).length === 0 && deleted === 'without';
}

function listsOf(actor: Actor, resource: Resource): LRUCache<string, CompiledList> {
  const resources = byActor.get(actor) ?? new WeakMap<Resource, LRUCache<string, CompiledList>>();
  byActor.set(actor, resources);
  const lists = resources.get(resource) ?? new LRUCache<string, CompiledList>({ max: MAX_LISTS });
  resources.set(resource, lists);
  return lists;
}
