import { JsonText, ok, type Reply } from '../../http/output/reply';
import { MAX_NUMBERED_ROWS } from '../definition/limits';
import { oppositeCursor, writeCursor, writeLastCursor } from '../query/order/cursor';
import { cursorLinks, linkHeader, numberedLinks } from './page/link-header';
import type { ListRequest } from './parse-list-query';
import type { ListPlan } from './plan-list';
import type { ListResult } from './run-list';

/** Returns the page as JSON, with its pagination and a `Link` header (RFC 8288). */
export function presentList(plan: ListPlan, request: ListRequest, result: ListResult): Reply {
  return request.page === null ? cursorPage(plan, request, result) : numberedPage(plan, request.page, result);
}

function cursorPage({ page, identity, url }: ListPlan, { cursor }: ListRequest, { data, last, total }: ListResult): Reply {
  const backwards = cursor?.backwards ?? false;
  const onward = last && writeCursor(identity, { position: last, backwards, inclusive: false });
  const back = cursor && oppositeCursor(cursor.text);
  const [nextCursor, prevCursor] = backwards ? [back, onward] : [onward, back];
  const lastCursor = total && total.total > 0 ? writeLastCursor(identity) : null;
  const pagination = { limit: page.limit, hasNext: nextCursor !== null, nextCursor, prevCursor, ...total };
  return reply(data, pagination, linkHeader(url, cursorLinks(prevCursor, nextCursor, lastCursor)));
}

function numberedPage({ page: { limit }, url }: ListPlan, page: number, { data, hasMore, total }: ListResult): Reply {
  const pages = Math.ceil((total?.total ?? 0) / limit);
  const pagination = { page, limit, ...total, pages, hasNext: hasMore };
  return reply(data, pagination, linkHeader(url, numberedLinks(page, pages, Math.floor(MAX_NUMBERED_ROWS / limit), hasMore)));
}

/* The only JSON that is put together here: the envelope around rows that PostgreSQL rendered. */
function reply(data: string, pagination: object, link: string): Reply {
  return ok(new JsonText('{"data":[', data, `],"pagination":${JSON.stringify(pagination)}}`), { Link: link });
}
