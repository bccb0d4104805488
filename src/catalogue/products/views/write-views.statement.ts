import type { TxContext } from '../../../context/context';
import { queryAll } from '../../../database/sql/statement';
import type { Views } from './view-buffer';

/* The order of the ids is that of the locks, so no two processes wait for each other. Only what customers see can be viewed. */
const TEXT = `INSERT INTO product_views (id, product_id, day, view_count)
  SELECT uuid_v7(), v.product_id, (now() AT TIME ZONE 'UTC')::date, v.views
  FROM unnest($1::uuid[], $2::bigint[]) AS v (product_id, views)
  JOIN products p ON p.id = v.product_id AND p.status = 'active' AND p.deleted_at IS NULL
  ORDER BY v.product_id
  ON CONFLICT (product_id, day) DO UPDATE SET view_count = product_views.view_count + excluded.view_count`;

/** Adds views to those of today, in one statement; those of what is not for sale are dropped. */
export async function writeViews(tx: TxContext, views: Views): Promise<void> {
  await queryAll(tx, { text: TEXT, values: [[...views.keys()], [...views.values()]] });
}
