/* The places that relations lead to, as the query string has them; "" is the list's beginning, and null leads nowhere. */
type Targets = Readonly<Record<string, string | null>>;

/* Many clients, Node's among them, refuse an answer whose headers come to 16 KiB. */
const MAX_LENGTH = 8_000;
const SEPARATOR = ', ';

/** The URL of a list as its links ask for it, whatever place the query asks for. */
export function linkQuestion(path: string, query: Readonly<Record<string, unknown>>): string {
  const kept = Object.entries(query).filter(([name, value]) => value !== undefined && name !== 'cursor' && name !== 'page');
  const search = new URLSearchParams(kept.map(([name, value]): [string, string] => [name, String(value)])).toString();
  return search === '' ? path : `${path}?${search}`;
}

/**
 * A `Link` header (RFC 8288): each relation leads to the same list with another place in it. Relations that would make the header too
 * long are left out, the last first; the body has the cursors anyway.
 */
export function linkHeader(question: string, targets: Targets): string {
  const mark = question.includes('?') ? '&' : '?';
  const links: string[] = [];
  let length = 0;
  for (const relation in targets) {
    const place = targets[relation];
    if (place === null || place === undefined) continue;
    const link = `<${question}${place === '' ? '' : mark + place}>; rel="${relation}"`;
    if (length + link.length > MAX_LENGTH) break;
    length += link.length + SEPARATOR.length;
    links.push(link);
  }
  return links.join(SEPARATOR);
}

/** The relations of a numbered page; none leads deeper than numbered pages go. */
export function numberedLinks(page: number, pages: number, deepest: number, hasNext: boolean): Targets {
  return {
    first: 'page=1',
    prev: page > 1 ? `page=${page - 1}` : null,
    next: hasNext && page < deepest ? `page=${page + 1}` : null,
    last: pages > 0 && pages <= deepest ? `page=${pages}` : null,
  };
}
