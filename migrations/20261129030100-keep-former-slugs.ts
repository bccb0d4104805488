import { forgetFormerSlugs, keepFormerSlugs } from './support/former-slugs';
import { migration } from './support/migration';
import { createFunctions, dropFunctions } from './support/sql-functions';

const FUNCTIONS = ['keep_former_slug'];

/* The slugs that products, categories and groups had, by resource; no foreign key, because the row may be of any table. */
export = migration(
  `
  CREATE TABLE former_slugs (
    id uuid NOT NULL CONSTRAINT former_slugs_pk PRIMARY KEY,
    table_name text NOT NULL,
    slug text NOT NULL,
    record_id uuid NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT former_slugs_table_name_slug_key UNIQUE (table_name, slug)
  );
  CREATE INDEX former_slugs_record_id_idx ON former_slugs (record_id);
  ${createFunctions(FUNCTIONS)}
  ${['products', 'categories', 'product_groups'].map(keepFormerSlugs).join('\n')}
  `,
  `
  ${['product_groups', 'categories', 'products'].map(forgetFormerSlugs).join('\n')}
  ${dropFunctions(FUNCTIONS)}
  DROP TABLE former_slugs;
  `,
);
