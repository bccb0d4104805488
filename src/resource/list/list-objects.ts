import type { Ctx } from '../../context/context';
import { type Condition, equals } from '../../database/sql/binder';
import { JsonText, ok, type Reply } from '../../http/output/reply';
import { invalidParameters } from '../../problems/common-problems';
import type { Resource } from '../definition/resource';
import { readCursor, turnedRound, writeCursor } from '../query/cursor';
import { type ListQuery, MAX_NUMBERED_ROWS } from '../query/list-query';
import { type CompiledList, compiledList } from './compiled-list';
import { countRows } from './count';
import { linkHeader, numberedLinks } from './link-header';
import { pageByCursor, pageByNumber } from './page';

/** Answers one page of a resource's list, by cursor or by number, under conditions of the caller's own. */
export async function listObjects(
  ctx: Ctx,
  resource: Resource,
  query: ListQuery,
  path: string,
  fixed: readonly Condition[] = [],
): Promise<Reply> {
  const list = compiledList(ctx, resource, query, path, fixed);
  return query.page === undefined ? cursorPage(ctx, list, query) : numberedPage(ctx, list, query, query.page);
}

async function cursorPage(ctx: Ctx, list: CompiledList, query: ListQuery): Promise<Reply> {
  const { resource, request, cursorKey, question } = list;
  const cursor = query.cursor === undefined ? null : readCursor(cursorKey, query.cursor);
  const page = await pageByCursor(ctx, list, cursor);
  const counts =
    query.total === undefined || query.total === 'false' ? {} : await countRows(ctx, resource, request.conditions, query.total === 'exact');
  const backwards = cursor?.backwards ?? false;
  const onward = page.last && writeCursor(cursorKey, { position: page.last, backwards, inclusive: false });
  const back = query.cursor === undefined ? null : turnedRound(query.cursor);
  const [nextCursor, prevCursor] = backwards ? [back, onward] : [onward, back];
  const pagination = { limit: request.limit, hasNext: nextCursor !== null, nextCursor, prevCursor, ...counts };
  const at = (token: string | null) => token && `cursor=${token}`;
  return reply(page.data, pagination, linkHeader(question, { first: '', prev: at(prevCursor), next: at(nextCursor) }));
}

async function numberedPage(ctx: Ctx, list: CompiledList, query: ListQuery, number: number): Promise<Reply> {
  if (query.cursor !== undefined) {
    const message = 'page and cursor exclude each other';
    throw invalidParameters.because(message, { errors: [{ pointer: 'page', code: 'not_allowed', message }] });
  }
  const { resource, request, question } = list;
  const page = await pageByNumber(ctx, list, number);
  const counted = await countRows(ctx, resource, request.conditions, query.total === 'exact');
  const pages = Math.ceil(counted.total / request.limit);
  const pagination = { page: number, limit: request.limit, ...counted, pages, hasNext: page.hasNext };
  const targets = numberedLinks(number, pages, Math.floor(MAX_NUMBERED_ROWS / request.limit), page.hasNext);
  return reply(page.data, pagination, linkHeader(question, targets));
}

function reply(data: string, pagination: object, link: string): Reply {
  return ok(new JsonText('{"data":[', data, `],"pagination":${JSON.stringify(pagination)}}`), { Link: link });
}

/** The condition that the rows belong to one object, for a list below it. */
export function belongingTo(columnName: string, id: string): Condition {
  return equals(columnName, id, 'uuid');
}
