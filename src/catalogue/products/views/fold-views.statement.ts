import type { TxContext } from '../../../context/context';
import { queryOne } from '../../../database/sql/statement';

/*
 * taken: the counts that products lack yet, locked in the order in which they are written. A flush adds to today; one that was underway at
 * midnight added to the day before.
 * locked: their products, in the order of their ids.
 */
const TEXT = `WITH taken AS MATERIALIZED (
    SELECT id, product_id, view_count, view_count - folded_count AS views FROM product_views
    WHERE day >= (now() AT TIME ZONE 'UTC')::date - $2::int AND view_count > folded_count
    ORDER BY product_id, day LIMIT $1 FOR UPDATE
  ),
  locked AS MATERIALIZED (
    SELECT id FROM products WHERE id IN (SELECT product_id FROM taken) ORDER BY id FOR NO KEY UPDATE
  ),
  folded AS (UPDATE product_views v SET folded_count = t.view_count FROM taken t WHERE v.id = t.id),
  counted AS (
    UPDATE products p SET view_count = p.view_count + t.views
    FROM (SELECT product_id, sum(views) AS views FROM taken GROUP BY product_id) t JOIN locked ON locked.id = t.product_id
    WHERE p.id = t.product_id
  )
  SELECT count(*)::int AS taken FROM taken`;

/** The most daily counts that one job adds; each writes a product and all its indexes. */
export const COUNTS_PER_JOB = 2_000;

/**
 * Adds the views of the last days to the counts of their products, in one statement; returns how many daily counts it added, `COUNTS_PER_JOB` if
 * more wait.
 */
export async function foldViews(tx: TxContext, days: number): Promise<number> {
  return (await queryOne<{ taken: number }>(tx, { text: TEXT, values: [COUNTS_PER_JOB, days] }))?.taken ?? 0;
}
