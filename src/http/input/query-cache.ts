import { LRUCache } from 'lru-cache';

/** The query parameters of a request as the endpoint's schemas made them; shared between requests, so never changed. */
export type ParsedQuery = Readonly<Record<string, unknown>>;

const MAX_QUERIES = 500;
/* Longer ones are seldom asked twice, and must not fill the memory. */
const MAX_LENGTH = 500;

/*
 * Clients ask the same questions again and again: a query string that was found good is not validated a second time.
 * (Reading parameters was an eighth of a one-product read before.)
 */
export class QueryCache {
  readonly #queries = new LRUCache<string, ParsedQuery>({ max: MAX_QUERIES });

  /** What the text was parsed to before, or what `parse` makes of it; a text with faults (null) or a long one is not kept. */
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
