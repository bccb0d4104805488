/** A query of the bench. */
export interface BenchQuery {
  readonly name: string;
  readonly q: string;
  readonly further?: Readonly<Record<string, string>>;
}

const FACETS = { facets: 'category,brand,price,inStock,attributes.colour' };

/** What customers ask: common and rare words, phrases, beginnings, typos, codes, nothing, and with filters and facets. */
export const QUERIES: readonly BenchQuery[] = [
  { name: 'common word', q: 'perfect' },
  { name: 'two common words', q: 'perfect camera' },
  { name: 'common word of names', q: 'beauty' },
  { name: 'rare word', q: 'chai' },
  { name: 'phrase', q: '"glamour beauty"' },
  { name: 'beginning', q: 'collar tra' },
  { name: 'exclusion', q: 'beauty -training' },
  { name: 'typo', q: 'glamuor' },
  { name: 'two typos', q: 'glamuor beuaty' },
  { name: 'two wrong letters', q: 'glammuorr' },
  { name: 'SKU', q: 'SKU-0123456' },
  { name: 'nothing', q: 'xyzzyqwerty' },
  { name: 'Japanese', q: '抹茶' },
  { name: 'common word, price', q: 'perfect', further: { 'price[gte]': '10', 'price[lt]': '50' } },
  { name: 'common word, brand', q: 'perfect', further: { brand: 'Glamour Beauty' } },
  { name: 'common word, by price', q: 'perfect', further: { sort: 'price' } },
  { name: 'common word, facets', q: 'perfect', further: FACETS },
  { name: 'rare word, facets', q: 'chai', further: FACETS },
  { name: 'common word, brand, facets', q: 'perfect', further: { brand: 'Glamour Beauty', ...FACETS } },
];

/** Returns the query of the list. */
export function queryOf({ q, further = {} }: BenchQuery): string {
  return new URLSearchParams({ q, ...further }).toString();
}

/** Returns what somebody would write by hand for the same: all matches, ranked by `ts_rank`. */
export function byHand({ q, further = {} }: BenchQuery): { text: string; values: readonly unknown[] } {
  const conditions = [
    `status = 'active' AND deleted_at IS NULL AND search_vector @@ websearch_to_tsquery('product_search', $1)`,
    ...(further['price[gte]'] ? ['price >= 10 AND price < 50'] : []),
    ...(further.brand ? [`brand = 'Glamour Beauty'`] : []),
  ].join(' AND ');
  const order = further.sort ? 'price, id' : `ts_rank(search_vector, websearch_to_tsquery('product_search', $1)) DESC, id DESC`;
  const page = `SELECT * FROM products WHERE ${conditions} ORDER BY ${order} LIMIT 21`;
  if (!further.facets) return { text: page, values: [q] };
  return {
    text: `WITH base AS MATERIALIZED (SELECT category_id, brand, price, in_stock, attributes ->> 'colour' AS colour FROM products WHERE ${conditions})
      SELECT (SELECT json_agg(p) FROM (${page}) p), (SELECT json_object_agg(brand, n) FROM (SELECT brand, count(*) n FROM base WHERE brand IS NOT NULL GROUP BY 1) b),
        (SELECT json_agg(c) FROM (SELECT category_id, count(*) FROM base GROUP BY 1) c), (SELECT json_agg(c) FROM (SELECT colour, count(*) FROM base GROUP BY 1) c),
        (SELECT json_agg(c) FROM (SELECT in_stock, count(*) FROM base GROUP BY 1) c), (SELECT json_agg(c) FROM (SELECT width_bucket(price, ARRAY[0, 10, 25, 50, 100, 250]), count(*) FROM base GROUP BY 1) c)`,
    values: [q],
  };
}
