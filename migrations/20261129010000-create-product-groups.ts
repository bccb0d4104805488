import { attachTriggers, editorIndexes, migration, stampColumns } from './support/migration';
import { createFunctions, dropFunctions } from './support/sql-functions';

/* What shop fronts show as one product with variants; a new shop's manager gets the permission from the reference data, under the same id. */
export = migration(
  `
  ${createFunctions(['option_axes'])}

  CREATE TABLE product_groups (
    id uuid NOT NULL CONSTRAINT product_groups_pk PRIMARY KEY,
    name text NOT NULL CONSTRAINT product_groups_name_check CHECK (length(name) BETWEEN 1 AND 200 AND is_name(name)),
    slug text NOT NULL CONSTRAINT product_groups_slug_check CHECK (length(slug) <= 220 AND slug ~ '^[a-z0-9-]+$'),
    description text NULL CONSTRAINT product_groups_description_check CHECK (length(description) <= 10000),
    category_id uuid NULL CONSTRAINT product_groups_category_id_fk REFERENCES categories (id) ON DELETE RESTRICT,
    options jsonb NOT NULL DEFAULT '[]' CONSTRAINT product_groups_options_check CHECK (are_option_axes(options)),
    ${stampColumns('product_groups')},
    deleted_at timestamptz(3) NULL
  );
  CREATE UNIQUE INDEX product_groups_slug_key ON product_groups (slug) WHERE deleted_at IS NULL;
  CREATE INDEX product_groups_category_id_idx ON product_groups (category_id, created_at, id);
  CREATE INDEX product_groups_name_trgm_idx ON product_groups USING gin (name gin_trgm_ops);
  CREATE INDEX product_groups_name_idx ON product_groups (name, id) WHERE deleted_at IS NULL;
  CREATE INDEX product_groups_created_at_idx ON product_groups (created_at, id) WHERE deleted_at IS NULL;
  CREATE INDEX product_groups_updated_at_idx ON product_groups (updated_at, id) WHERE deleted_at IS NULL;
  ${editorIndexes('product_groups')}
  ${attachTriggers('product_groups')}

  INSERT INTO permissions (id, role_id, resource, action)
  SELECT '01941f29-7c00-7002-8000-57f997374172', id, 'product-groups', '*' FROM roles WHERE id = '01941f29-7c00-7001-8000-6ee4a469cd4e'
  ON CONFLICT DO NOTHING;
  `,
  `
  DELETE FROM permissions WHERE resource = 'product-groups';
  DROP TABLE product_groups;
  ${dropFunctions(['option_axes'])}
  `,
);
