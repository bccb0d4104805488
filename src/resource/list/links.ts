type Target = Readonly<Record<string, string>>;
type Targets = Readonly<Record<string, Target | null | undefined>>;

/** A `Link` header (RFC 8288): each relation leads to the same list with another place in it. */
export function linkHeader(path: string, query: Readonly<Record<string, unknown>>, targets: Targets): string {
  const kept = Object.entries(query).filter(([name, value]) => value !== undefined && name !== 'cursor' && name !== 'page');
  return Object.entries(targets)
    .filter((entry): entry is [string, Target] => entry[1] != null)
    .map(([relation, target]) => {
      const parameters = new URLSearchParams([
        ...kept.map(([name, value]): [string, string] => [name, String(value)]),
        ...Object.entries(target),
      ]);
      const search = parameters.toString();
      return `<${path}${search === '' ? '' : `?${search}`}>; rel="${relation}"`;
    })
    .join(', ');
}

/** The relations of a numbered page; `last` only where the total is not an estimate of what lies too deep. */
export function numberedLinks(page: number, pages: number, hasNext: boolean): Targets {
  return {
    first: { page: '1' },
    prev: page > 1 ? { page: String(page - 1) } : null,
    next: hasNext ? { page: String(page + 1) } : null,
    last: pages > 0 ? { page: String(pages) } : null,
  };
}
