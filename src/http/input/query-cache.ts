import { LRUCache } from 'lru-cache';
import { CURSOR_LETTER, MAX_CURSOR } from '../../schema/schema';

/** The query parameters of a request as the endpoint's schemas made them; shared between requests, so never changed. */
export type ParsedQuery = Readonly<Record<string, unknown>>;

const MAX_QUERIES = 500;
/* Longer ones are seldom asked twice, and must not fill the memory. */
const MAX_LENGTH = 500;

/*
 * Clients ask the same questions again and again: a query string that was found good is not validated a second time.
 * (Reading parameters was an eighth of a one-product read before.) A walk asks its question with another cursor each time, which is
 * valid by its letters and length alone, so the question is remembered without it.
 */
export class QueryCache {
  readonly #queries = new LRUCache<string, ParsedQuery>({ max: MAX_QUERIES });

  /** What the text was parsed to before, or what `parse` makes of it; a text with faults (null) or a long one is not kept. */
  get(url: string, parse: () => ParsedQuery | null): ParsedQuery | null {
    const text = queryOf(url);
    const walk = ONE_CURSOR.exec(text);
    const cursor = walk?.[1];
    const question = walk === null ? text : text.slice(0, walk.index) + IN_ITS_PLACE + text.slice(walk.index + walk[0].length);
    const known = this.#queries.get(question);
    if (known) return cursor === undefined ? known : Object.freeze({ ...known, cursor });
    const parsed = parse();
    if (parsed && question.length <= MAX_LENGTH) this.#queries.set(question, Object.freeze(parsed));
    return parsed;
  }
}

/* A cursor that its schema would take, and what no query string can contain. */
const ONE_CURSOR = new RegExp(`(?<=^|&)cursor=(${CURSOR_LETTER}{1,${MAX_CURSOR}})(?=&|$)`);
const IN_ITS_PLACE = '\n';

function queryOf(url: string): string {
  const at = url.indexOf('?');
  return at < 0 ? '' : url.slice(at + 1);
}
