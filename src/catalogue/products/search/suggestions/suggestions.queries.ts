import type { Ctx } from '../../../../context/context';
import { queryInShare } from '../../../../database/pool/query-in-share';
import { Binder, where } from '../../../../database/sql/binder';
import { deletedCondition } from '../../../../resource/definition/columns';
import { Product } from '../../product.model';
import { visibleProducts } from '../../product.policy';
import { parseSearchQuery } from '../query/search-query';
import { nameQuery } from '../query/text-query';
import { mostViewed } from '../ways/most-viewed';

/** What a shop front offers while a customer types. */
export interface Suggestion {
  readonly kind: 'product' | 'brand' | 'category';
  readonly text: string;
  /** Of a product or category. */
  readonly id: string | null;
}

/* Names and brands come from so many products, the most viewed ones. */
const READ = 200;

/** Returns categories, brands and products whose names have the words of a query, the last one as the beginning of a word. */
export async function suggestionsFor(ctx: Ctx, q: string, limit: number): Promise<readonly Suggestion[]> {
  const query = parseSearchQuery(q);
  const named = nameQuery(query);
  if (!named) return [];
  const { bind, values } = new Binder();
  const { classes, inClass } = mostViewed();
  const begins = `(SELECT '% ' || replace(replace(replace(lower(folded_text(${bind(q, 'text')})), '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%')`;
  const conditions = [
    ...deletedCondition(Product, 'without'),
    ...visibleProducts(ctx),
    () => `t.search_vector @@ ${named(bind)}`,
    inClass('k', null),
  ];
  const text = `WITH goods AS MATERIALIZED (
      SELECT t.* FROM generate_series(${classes - 1}, 0, -1) k
      CROSS JOIN LATERAL (SELECT id, name, brand, view_count FROM products t${where(conditions, 't', bind)} LIMIT ${READ}) t LIMIT ${READ}
    ), found AS (
      (SELECT 1 AS rank, 'category' AS kind, name AS text, id, 0::bigint AS weight FROM categories
        WHERE deleted_at IS NULL AND ' ' || lower(folded_text(name)) LIKE ${begins} ORDER BY level, name, id LIMIT 3)
      UNION ALL
      (SELECT 2, 'brand', brand, NULL, count(*) FROM goods
        WHERE ' ' || lower(folded_text(brand)) LIKE ${begins} GROUP BY brand ORDER BY count(*) DESC, brand LIMIT 3)
      UNION ALL
      (SELECT 3, 'product', name, (array_agg(id ORDER BY view_count DESC, id))[1], max(view_count) FROM goods
        WHERE ' ' || lower(folded_text(name)) LIKE ${begins} OR brand IS NULL OR ' ' || lower(folded_text(brand)) NOT LIKE ${begins}
        GROUP BY name ORDER BY max(view_count) DESC, name LIMIT ${limit})
    )
    SELECT kind, text, id FROM found ORDER BY rank, weight DESC, text LIMIT ${limit}`;
  return queryInShare<{ kind: Suggestion['kind']; text: string; id: string | null }>(ctx, 'list', { text, values });
}
