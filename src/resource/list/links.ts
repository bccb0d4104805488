/* The places that relations lead to, as the query string has them; "" is the list's beginning, and null leads nowhere. */
type Targets = Readonly<Record<string, string | null>>;

/* Many clients, Node's among them, refuse an answer whose headers come to 16 KiB. */
const MAX_LENGTH = 8_000;

/**
 * A `Link` header (RFC 8288): each relation leads to the same list with another place in it. Relations that would make the header too
 * long are left out, the last first; the body has the cursors anyway.
 */
export function linkHeader(path: string, query: Readonly<Record<string, unknown>>, targets: Targets): string {
  const kept = Object.entries(query).filter(([name, value]) => value !== undefined && name !== 'cursor' && name !== 'page');
  const question = new URLSearchParams(kept.map(([name, value]): [string, string] => [name, String(value)])).toString();
  const links = Object.entries(targets)
    .filter(([, place]) => place !== null)
    .map(([relation, place]) => {
      const search = [question, place].filter((part) => part !== '').join('&');
      return `<${path}${search === '' ? '' : `?${search}`}>; rel="${relation}"`;
    });
  while (links.join(', ').length > MAX_LENGTH) links.pop();
  return links.join(', ');
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
