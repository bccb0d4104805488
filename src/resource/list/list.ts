import type { Ctx } from '../../http/context';
import { JsonText, ok, type Reply } from '../../http/output/reply';
import { invalidParameters } from '../../http/problems/kinds';
import type { Resource } from '../resource';
import { Binder, type Condition, equals, where } from '../sql/binder';
import { deletedCondition } from '../sql/table';
import { readCursor, turnedRound, writeCursor } from './cursor';
import { filterConditions, filterNames } from './filters';
import { DEFAULT_LIMIT, deletedRows, type ListQuery, MAX_NUMBERED_ROWS, representationOf } from './grammar';
import { linkHeader, numberedLinks } from './links';
import { type PageRequest, pageByCursor, pageByNumber } from './page';
import { RELEVANCE, sortKeys } from './sort';
import { countRows } from './total';

/** Answers one page of a resource's list, by cursor or by number, under conditions of the caller's own. */
export async function listObjects(
  ctx: Ctx,
  resource: Resource,
  query: ListQuery,
  path: string,
  fixed: readonly Condition[] = [],
): Promise<Reply> {
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
  const request: PageRequest = {
    conditions,
    keys: sortKeys(resource, sort, query.q),
    representation: representationOf(resource, query),
    limit: query.limit ?? DEFAULT_LIMIT,
    // Under conditions of the actor or of the path, only the default sort is sure to have an index with them.
    isPlainWalk:
      isUnfiltered(resource, query) && deleted === 'without' && (sort === resource.defaultSort || scope.length + fixed.length === 0),
  };
  return query.page === undefined
    ? cursorPage(ctx, resource, query, path, request, listIdentity(resource, query, sort, deleted, path, scope))
    : numberedPage(ctx, resource, query, path, request, query.page);
}

function isUnfiltered(resource: Resource, query: ListQuery): boolean {
  return query.q === undefined && query.page === undefined && filterNames(resource, query).length === 0;
}

async function cursorPage(
  ctx: Ctx,
  resource: Resource,
  query: ListQuery,
  path: string,
  request: PageRequest,
  identity: string,
): Promise<Reply> {
  const cursor = query.cursor === undefined ? null : readCursor(ctx.env, identity, query.cursor);
  const page = await pageByCursor(ctx, resource, request, cursor);
  const counts =
    query.total === undefined || query.total === 'false' ? {} : await countRows(ctx, resource, request.conditions, query.total === 'exact');
  const backwards = cursor?.backwards ?? false;
  const onward = page.last && writeCursor(ctx.env, identity, { position: page.last, backwards, inclusive: false });
  const back = query.cursor === undefined ? null : turnedRound(query.cursor);
  const [nextCursor, prevCursor] = backwards ? [back, onward] : [onward, back];
  const pagination = { limit: request.limit, hasNext: nextCursor !== null, nextCursor, prevCursor, ...counts };
  const at = (token: string | null) => token && `cursor=${token}`;
  return reply(page.data, pagination, linkHeader(path, query, { first: '', prev: at(prevCursor), next: at(nextCursor) }));
}

async function numberedPage(
  ctx: Ctx,
  resource: Resource,
  query: ListQuery,
  path: string,
  request: PageRequest,
  number: number,
): Promise<Reply> {
  if (query.cursor !== undefined) {
    const message = 'page and cursor exclude each other';
    throw invalidParameters.because(message, { errors: [{ pointer: 'page', code: 'not_allowed', message }] });
  }
  const page = await pageByNumber(ctx, resource, request, number);
  const counted = await countRows(ctx, resource, request.conditions, query.total === 'exact');
  const pages = Math.ceil(counted.total / request.limit);
  const pagination = { page: number, limit: request.limit, ...counted, pages, hasNext: page.hasNext };
  return reply(
    page.data,
    pagination,
    linkHeader(path, query, numberedLinks(number, pages, Math.floor(MAX_NUMBERED_ROWS / request.limit), page.hasNext)),
  );
}

function reply(data: string, pagination: object, link: string): Reply {
  return ok(new JsonText('{"data":[', data, `],"pagination":${JSON.stringify(pagination)}}`), { Link: link });
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

/** The condition that the rows belong to one object, for a list below it. */
export function belongingTo(columnName: string, id: string): Condition {
  return equals(columnName, id, 'uuid');
}
