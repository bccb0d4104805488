import type { TxContext } from '../../../../context/context';
import { queryOne } from '../../../../database/sql/statement';

/** The most products that one unit of work gives a popularity. */
export const POPULARITIES_PER_UNIT = 2_000;

/* changed: the products that have another popularity than their statistics, or one without statistics; locked in the order of their ids. */
const TEXT = `WITH differing AS (
    SELECT p.id, s.popularity FROM product_stats s JOIN products p ON p.id = s.product_id WHERE p.popularity <> s.popularity
    UNION ALL
    SELECT p.id, 0 FROM products p
    WHERE p.popularity > 0 AND p.deleted_at IS NULL AND NOT EXISTS (SELECT FROM product_stats s WHERE s.product_id = p.id)
  ),
  chosen AS MATERIALIZED (SELECT id, popularity FROM differing ORDER BY id LIMIT $1),
  locked AS MATERIALIZED (SELECT id FROM products WHERE id IN (SELECT id FROM chosen) ORDER BY id FOR NO KEY UPDATE),
  changed AS (
    UPDATE products p SET popularity = chosen.popularity FROM chosen JOIN locked USING (id) WHERE p.id = chosen.id
  )
  SELECT count(*)::int AS chosen FROM chosen`;

/** Gives products the popularity of their statistics; returns how many, `POPULARITIES_PER_UNIT` if more wait. */
export async function writePopularity(tx: TxContext): Promise<number> {
  return (await queryOne<{ chosen: number }>(tx, { text: TEXT, values: [POPULARITIES_PER_UNIT] }))?.chosen ?? 0;
}
