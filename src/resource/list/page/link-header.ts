import { joinChoices } from '../../../schema/parameters/choices';

/* The query of each relation; an empty text is the first page, null leaves the relation out. */
type Relations = Readonly<Record<string, string | null>>;

/* Many clients, Node's among them, refuse responses whose headers exceed 16 KiB. */
const MAX_LENGTH = 8_000;
const SEPARATOR = ', ';

/** Returns the URL that the links of a list build on: its query without the position. */
export function listUrl(path: string, query: Readonly<Record<string, unknown>>): string {
  const kept = Object.entries(query).filter(([name, value]) => value !== undefined && name !== 'cursor' && name !== 'page');
  const search = new URLSearchParams(
    kept.map(([name, value]): [string, string] => [name, Array.isArray(value) ? joinChoices(value) : String(value)]),
  ).toString();
  return search === '' ? path : `${path}?${search}`;
}

/**
 * Returns a `Link` header (RFC 8288): the same list at other positions. Relations that would make the header too long are left out,
 * the last first; the body has the cursors anyway.
 */
export function linkHeader(url: string, relations: Relations): string {
  const mark = url.includes('?') ? '&' : '?';
  const links: string[] = [];
  let length = 0;
  for (const [relation, query] of Object.entries(relations)) {
    if (query === null) continue;
    const link = `<${url}${query === '' ? '' : mark + query}>; rel="${relation}"`;
    if (length + link.length > MAX_LENGTH) break;
    length += link.length + SEPARATOR.length;
    links.push(link);
  }
  return links.join(SEPARATOR);
}

/** Returns the relations of a cursor page; `lastCursor` is null where it is not known that there is a last page. */
export function cursorLinks(prevCursor: string | null, nextCursor: string | null, lastCursor: string | null): Relations {
  const at = (cursor: string | null) => cursor && `cursor=${cursor}`;
  return { first: '', prev: at(prevCursor), next: at(nextCursor), last: at(lastCursor) };
}

/** Returns the relations of a numbered page; none leads deeper than numbered pages go. */
export function numberedLinks(page: number, pages: number, deepest: number, hasNext: boolean): Relations {
  return {
    first: 'page=1',
    prev: page > 1 ? `page=${page - 1}` : null,
    next: hasNext && page < deepest ? `page=${page + 1}` : null,
    last: pages > 0 && pages <= deepest ? `page=${pages}` : null,
  };
}
