import type { Ctx } from '../../../context/context';
import { queryInShare } from '../../../database/pool/query-in-share';
import { JsonText } from '../../../http/output/reply';
import { jsonOf } from '../../../resource/definition/columns';

const time = (value: string) => jsonOf(value, { kind: 'timestamp' });

const OF_ONE = `WITH sold AS (
    SELECT currency, units, revenue, placed_at FROM sold_items
    WHERE product_id = $1 AND placed_at >= coalesce($2::timestamptz, '-infinity') AND placed_at < coalesce($3::timestamptz, 'infinity')
  )
  SELECT json_build_object(
    'productId', p.id,
    'units', (SELECT coalesce(sum(units), 0) FROM sold),
    'orders', (SELECT count(*) FROM sold),
    'revenue', (SELECT coalesce(json_agg(json_build_object('currency', currency, 'amount', amount::text) ORDER BY currency), '[]')
      FROM (SELECT currency, sum(revenue) AS amount FROM sold GROUP BY currency) c),
    'lastSoldAt', (SELECT ${time('max(placed_at)')} FROM sold)
  )::text AS body FROM products p WHERE p.id = $1`;

/** Returns the sales of a product that were placed in a period, in one statement; null where there is no such product. */
export async function salesOfProduct(ctx: Ctx, productId: string, from?: string, to?: string): Promise<JsonText | null> {
  const [row] = await queryInShare<{ body: string }>(ctx, 'list', { text: OF_ONE, values: [productId, from ?? null, to ?? null] });
  return row ? new JsonText(row.body) : null;
}

const ranked = (by: string, limit: number) => `WITH ranked AS (
    SELECT s.product_id AS "productId", p.sku, p.name, s.units, s.orders, s.revenue,
      ${time('s.last_sold_at')} AS "lastSoldAt", s.recent_units AS "recentUnits", s.recent_views AS "recentViews",
      s.popularity
    FROM product_stats s JOIN products p ON p.id = s.product_id AND p.deleted_at IS NULL
    ORDER BY s.${by} DESC, s.product_id DESC LIMIT ${limit}
  )
  SELECT json_build_object(
    'data', coalesce((SELECT json_agg(ranked) FROM ranked), '[]'::json),
    'refreshedAt', ${time('refreshed_at')},
    'ageSeconds', greatest(0, extract(epoch FROM now() - refreshed_at)::bigint)
  )::text AS body FROM view_refreshes WHERE view_name = 'product_stats'`;

/** Returns the products that come first by a column of `product_stats`, and how old the statistics are, in one statement. */
export async function rankedProducts(ctx: Ctx, by: 'units' | 'popularity', limit: number): Promise<JsonText> {
  const [row] = await queryInShare<{ body: string }>(ctx, 'list', { text: ranked(by, limit), values: [] });
  return new JsonText(row?.body ?? '{}');
}
