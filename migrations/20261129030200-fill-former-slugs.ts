import { migration } from './support/migration';
import { REWRITE } from './support/rewrite';

/*
 * The slugs that the audit log knows of, the last row that had a slug first. What has changed since the triggers are there is newer, and
 * stays. The table stands on its own: months of the log may be dropped.
 */
export = migration(
  `
  ${REWRITE}
  INSERT INTO former_slugs (id, table_name, slug, record_id, created_at)
  SELECT DISTINCT ON (table_name, old_values ->> 'slug') uuid_v7(), table_name, old_values ->> 'slug', record_id, occurred_at
  FROM audit_logs a
  WHERE table_name IN ('products', 'categories') AND action = 'UPDATE' AND old_values ->> 'slug' IS NOT NULL
  ORDER BY table_name, old_values ->> 'slug', occurred_at DESC
  ON CONFLICT DO NOTHING;
  `,
  'DELETE FROM former_slugs;',
);
