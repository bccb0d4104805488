import { LRUCache } from 'lru-cache';

/** The query parameters of a request as the endpoint's schemas made them; shared between requests, so never changed. */
export type ParsedQuery = Readonly<Record<string, unknown>>;

const MAX_QUERIES = 500;
/* Longer texts rarely come twice, and must not fill the memory. */
const MAX_LENGTH = 500;

/** Keeps valid query strings, so that the same one is not validated twice: that was an eighth of a one-product read. */
export class QueryCache {
  readonly #queries = new LRUCache<string, ParsedQuery>({ max: MAX_QUERIES });

  /** Returns what the URL's query was parsed to before, or what `parse` makes of it; an invalid query (null) or a long one is not kept. */
  get(url: string, parse: () => ParsedQuery | null): ParsedQuery | null {
    const text = queryOf(url);
    const known = this.#queries.get(text);
    if (known) return known;
    const parsed = parse();
    if (parsed && text.length <= MAX_LENGTH) this.#queries.set(text, Object.freeze(parsed));
    return parsed;
  }
}

function queryOf(url: string): string {
  const at = url.indexOf('?');
  return at < 0 ? '' : url.slice(at + 1);
}
