import { column } from '../../../database/sql/binder';
import { jsonOf } from '../../../resource/definition/columns';
import type { Summary } from '../../../resource/definition/summary';
import { salesSummarySchema } from './statistics.schemas';

const time = (value: string) => jsonOf(value, { kind: 'timestamp' });

/**
 * What a product has sold, by `product_stats`: one row by its index, where the lines of all orders of a best-seller would be many. A product
 * without a row has sold nothing.
 */
export const salesSummary: Summary = {
  schema: salesSummarySchema,
  access: 'orders:read',
  value: (t) => `(SELECT json_build_object(
      'units', coalesce(s.units, 0), 'orders', coalesce(s.orders, 0), 'revenue', coalesce(s.revenue, '[]'::jsonb),
      'lastSoldAt', ${time('s.last_sold_at')}, 'refreshedAt', ${time('v.refreshed_at')})
    FROM view_refreshes v LEFT JOIN product_stats s ON s.product_id = ${column(t, 'id')} WHERE v.view_name = 'product_stats')`,
};
