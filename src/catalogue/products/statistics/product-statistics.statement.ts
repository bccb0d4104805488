import type { Ctx } from '../../../context/context';
import { queryInShare } from '../../../database/pool/query-in-share';
import { type Bind, Binder, type Condition, where } from '../../../database/sql/binder';
import { JsonText } from '../../../http/output/reply';
import { isInSubtree } from '../../categories/tree/subtree-condition';
import { seesAllProducts } from '../product.policy';
import { MAX_CATEGORIES } from './statistics.schemas';

/** Returns the statistics of the products under the conditions, in one statement. */
export async function productStatistics(ctx: Ctx, conditions: readonly Condition[]): Promise<JsonText> {
  const { bind, values } = new Binder();
  const text = `WITH ${summaries('NULL::uuid', 'products t', conditions, bind)}
    SELECT row_to_json(o)::text AS body FROM (SELECT ${members(ctx)} FROM (SELECT 1) one LEFT JOIN counts ON true LEFT JOIN amounts ON true) o`;
  const [row] = await queryInShare<{ body: string }>(ctx, 'slow', { text, values });
  return new JsonText(row?.body ?? '{}');
}

/**
 * Returns the statistics of each category below a parent (at the top level without one), each with its subtree, in one statement; null
 * where there is no such parent.
 */
export async function categoryStatistics(
  ctx: Ctx,
  conditions: readonly Condition[],
  parentId: string | undefined,
): Promise<JsonText | null> {
  const { bind, values } = new Binder();
  const above = parentId
    ? `SELECT path, level FROM categories WHERE id = ${bind(parentId, 'uuid')} AND deleted_at IS NULL`
    : `SELECT '/' AS path, -1 AS level`;
  // The path of a category has the ids of its ancestors: the one below the parent is what it counts for.
  const text = `WITH above AS MATERIALIZED (${above}),
    below AS MATERIALIZED (
      SELECT c.id, split_part(c.path, '/', above.level + 3)::uuid AS top FROM above
      JOIN categories c ON ${isInSubtree('c', 'above')} AND c.level > above.level AND c.deleted_at IS NULL
    ),
    ${summaries('below.top', 'products t JOIN below ON below.id = t.category_id', conditions, bind)},
    rows AS (
      SELECT c.id AS "categoryId", c.name, c.slug, ${members(ctx)}
      FROM categories c LEFT JOIN counts ON counts.bucket = c.id LEFT JOIN amounts ON amounts.bucket = c.id
      WHERE c.id IN (SELECT top FROM below) AND c.deleted_at IS NULL
      ORDER BY c.name, c.id LIMIT ${MAX_CATEGORIES}
    )
    SELECT json_build_object('data', coalesce((SELECT json_agg(rows) FROM rows), '[]'::json))::text AS body FROM above`;
  const [row] = await queryInShare<{ body: string }>(ctx, 'slow', { text, values });
  return row ? new JsonText(row.body) : null;
}

/*
 * groups: the products of each bucket by status and currency; everything else is made of these few rows.
 * amounts, counts: a row for each bucket.
 */
function summaries(bucket: string, source: string, conditions: readonly Condition[], bind: Bind): string {
  return `groups AS MATERIALIZED (
      SELECT ${bucket} AS bucket, t.status, t.currency, count(*) AS products, count(*) FILTER (WHERE t.in_stock) AS in_stock, min(t.price) AS low,
        max(t.price) AS high, sum(t.price) AS total, sum(t.price * t.stock_quantity) AS value, sum(t.stock_quantity) AS units
      FROM ${source}${where(conditions, 't', bind)} GROUP BY 1, 2, 3
    ),
    amounts AS (
      SELECT bucket,
        json_agg(json_build_object('currency', currency, 'count', products, 'min', low::text, 'avg', rounded_amount(total / products, currency)::text, 'max', high::text)
          ORDER BY currency) AS prices,
        json_agg(json_build_object('currency', currency, 'units', units, 'amount', rounded_amount(value, currency)::text) ORDER BY currency) AS stock
      FROM (
        SELECT bucket, currency, sum(products) AS products, min(low) AS low, max(high) AS high, sum(total) AS total, sum(value) AS value,
          sum(units) AS units FROM groups GROUP BY bucket, currency
      ) c GROUP BY bucket
    ),
    counts AS (
      SELECT bucket, sum(products) AS products, sum(in_stock) AS in_stock, ${STATUSES.map((status) => `sum(products) FILTER (WHERE status = '${status}') AS ${status}`).join(', ')}
      FROM groups GROUP BY bucket
    )`;
}

const STATUSES = ['draft', 'active', 'inactive', 'discontinued'];

function members({ actor }: Ctx): string {
  const byStatus = STATUSES.map((status) => `'${status}', coalesce(counts.${status}, 0)`).join(', ');
  return `coalesce(counts.products, 0) AS count, json_build_object(${byStatus}) AS "byStatus", coalesce(counts.in_stock, 0) AS "inStock",
    coalesce(amounts.prices, '[]'::json) AS prices, ${seesAllProducts(actor) ? `coalesce(amounts.stock, '[]'::json)` : 'NULL::json'} AS "stockValue"`;
}
