import { JsonText, ok, type Reply } from '../../http/output/reply';
import { MAX_NUMBERED_ROWS } from '../definition/limits';
import { oppositeCursor, writeCursor, writeLastCursor } from '../query/order/cursor';
import type { CountedFacets } from './facets/count-facets';
import { cursorLinks, linkHeader, numberedLinks } from './page/link-header';
import type { ListRequest } from './parse-list-query';
import type { FoundPage } from './search/find-page';

/** Returns the page as JSON, with its pagination and a `Link` header (RFC 8288). */
export function presentList(request: ListRequest, found: FoundPage, counted: CountedFacets | null): Reply {
  return request.page === null ? cursorPage(found, request, counted) : numberedPage(found, request.page, counted);
}

function cursorPage(found: FoundPage, { cursor }: ListRequest, counted: CountedFacets | null): Reply {
  const { page, identity, url } = found.plan;
  const { last, total } = found.result;
  const backwards = cursor?.backwards ?? false;
  const onward = last && writeCursor(identity, { position: last, backwards, inclusive: false });
  const back = cursor && oppositeCursor(cursor.text);
  const [nextCursor, prevCursor] = backwards ? [back, onward] : [onward, back];
  const lastCursor = total && total.total > 0 ? writeLastCursor(identity) : null;
  const pagination = { limit: page.limit, hasNext: nextCursor !== null, nextCursor, prevCursor, ...total };
  return reply(found, counted, pagination, linkHeader(url, cursorLinks(prevCursor, nextCursor, lastCursor)));
}

function numberedPage(found: FoundPage, page: number, counted: CountedFacets | null): Reply {
  const { url } = found.plan;
  const { limit } = found.plan.page;
  const { hasMore, total } = found.result;
  const pages = Math.ceil((total?.total ?? 0) / limit);
  const pagination = { page, limit, ...total, pages, hasNext: hasMore };
  return reply(found, counted, pagination, linkHeader(url, numberedLinks(page, pages, Math.floor(MAX_NUMBERED_ROWS / limit), hasMore)));
}

/* The only JSON that is put together here: the envelope around rows that PostgreSQL rendered. */
function reply(found: FoundPage, counted: CountedFacets | null, pagination: object, link: string): Reply {
  const search = found.plan.way ? `,"search":${JSON.stringify(searchMember(found))}` : '';
  const facets = counted ? `,"facets":${JSON.stringify(counted.facets)}` : '';
  return ok(new JsonText('{"data":[', found.result.data, `],"pagination":${JSON.stringify(pagination)}${search}${facets}}`), {
    Link: link,
  });
}

function searchMember({ plan, result, tried, suggestion }: FoundPage): object {
  const hasMatches = result.data !== '' || (result.total?.total ?? 0) > 0;
  return { matchedBy: hasMatches ? plan.way?.name : null, tried, suggestion, isTruncated: result.isTruncated };
}
