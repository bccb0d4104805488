import { bandFacet, type Facet, memberFacet, type Sampling, valueFacet } from '../../../resource/definition/facet';

const PRICES = [0, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 100_000];
const RATINGS = [0, 1, 2, 3, 4];

/** A level below the category that the query names, or the top one: what a customer chooses next. */
const category: Facet = {
  description: 'The categories below the one that the query names, or those at the top, with all products of their subtrees.',
  filters: ['category', 'categoryId'],
  value: (t) => `${t}.category_id`,
  count: (rows, { bind, query }) => {
    const chosen = bind(query.category ?? query.categoryId ?? null, 'uuid');
    return `SELECT below.id::text AS value, below.name AS label, inside.count
      FROM (
        SELECT split_part(held.path, '/', coalesce(above.level, -1) + 3) AS id, sum(own.count) AS count
        FROM (SELECT v, count(*) FROM ${rows} r WHERE v IS NOT NULL GROUP BY v) own
        JOIN categories held ON held.id = own.v AND held.deleted_at IS NULL
        LEFT JOIN categories above ON above.id = ${chosen}
        WHERE ${chosen} IS NULL OR starts_with(held.path, above.path) GROUP BY 1
      ) inside JOIN categories below ON below.id = nullif(inside.id, '')::uuid AND below.deleted_at IS NULL`;
  },
};

const tag: Facet = {
  description: 'The tags.',
  filters: ['tag'],
  value: () => 'NULL::uuid',
  count: (rows) => `SELECT tag.slug AS value, tag.name AS label, count(*) FROM ${rows} r
    JOIN product_tags link ON link.product_id = r.id JOIN tags tag ON tag.id = link.tag_id AND tag.deleted_at IS NULL GROUP BY tag.id`,
};

/** What products can be counted by. */
export const productFacets: Readonly<Record<string, Facet>> = {
  category,
  brand: valueFacet('The brands.', 'brand', 'brand'),
  price: bandFacet('The price, in bands.', 'price', 'price', PRICES),
  inStock: valueFacet('Whether in stock.', 'inStock', 'in_stock'),
  featured: valueFacet('Whether featured.', 'featured', 'featured'),
  tag,
  rating: bandFacet('The mean rating, in bands.', 'rating', 'rating', RATINGS),
  status: valueFacet('The status; for staff.', 'status', 'status', 'products:read'),
  'optionValues.*': memberFacet('The values of an option.', 'optionValues', 'option_values'),
  'attributes.*': memberFacet('The values of an attribute.', 'attributes', 'attributes'),
};

/** A sample of products by two digits of their ids, which the search index knows (product_lexemes.sql). */
export const productSampling: Sampling = {
  parts: 256,
  inParts: (first, count) => (t) => `${t}.search_vector @@ (${partNames(first, count)})::tsquery`,
};

function partNames(first: string, count: number): string {
  const name = (at: number) => `'''part:' || lpad(to_hex(${first} + ${at}), 2, '0') || ''''`;
  return Array.from({ length: count }, (_, at) => name(at)).join(" || '|' || ");
}
