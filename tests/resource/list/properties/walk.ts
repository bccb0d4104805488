import type { Response } from 'supertest';
import type { Shop } from '../../../support/shop';
import type { Subject } from './oracle';

export interface Page {
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly pagination: {
    readonly hasNext: boolean;
    readonly nextCursor: string | null;
    readonly prevCursor: string | null;
    readonly total?: number;
    readonly totalIsEstimate?: boolean;
    readonly pages?: number;
  };
  readonly link: string;
}

/** Returns one page of a list as the subject's actor; throws for any other response. */
export async function fetchPage(shop: Shop, { resource, token }: Subject, query: string): Promise<Page> {
  const response: Response = await shop.call('get', `${resource.prefix}?${query}`, { token });
  if (response.status !== 200) throw new Error(`${query} → ${response.text}`);
  return { ...response.body, link: response.headers.link ?? '' } as Page;
}

/** Returns every page from a cursor (or the start) to the end in one direction; `between` runs after each page. */
export async function walk(
  shop: Shop,
  subject: Subject,
  query: string,
  direction: 'nextCursor' | 'prevCursor',
  from: string | null = null,
  between: () => Promise<void> = async () => undefined,
): Promise<Page[]> {
  const pages: Page[] = [];
  const seen = new Set<string | null>();
  let cursor = from;
  do {
    if (seen.has(cursor)) throw new Error(`The walk of ${query} comes to ${cursor} again.`);
    seen.add(cursor);
    const page = await fetchPage(shop, subject, cursor === null ? query : `${query}&cursor=${cursor}`);
    pages.push(page);
    cursor = page.pagination[direction];
    await between();
  } while (cursor !== null);
  return pages;
}

/** Returns the ids of pages that were walked forwards. */
export function idsOf(pages: readonly Page[]): string[] {
  return pages.flatMap(({ data }) => data.map(({ id }) => String(id)));
}
