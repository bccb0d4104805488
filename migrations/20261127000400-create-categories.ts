import { editorIndexes, migration, stampColumns } from './support/migration';

export = migration(
  `
  CREATE TABLE categories (
    id uuid NOT NULL CONSTRAINT categories_pk PRIMARY KEY,
    name text NOT NULL CONSTRAINT categories_name_check CHECK (length(name) BETWEEN 1 AND 120),
    slug text NOT NULL CONSTRAINT categories_slug_check CHECK (length(slug) <= 140 AND slug ~ '^[a-z0-9-]+$'),
    description text NULL CONSTRAINT categories_description_check CHECK (length(description) <= 5000),
    parent_id uuid NULL CONSTRAINT categories_parent_id_fk REFERENCES categories (id) ON DELETE RESTRICT,
    path text NOT NULL,
    level integer NOT NULL,
    ${stampColumns('categories')},
    deleted_at timestamptz(3) NULL,
    CONSTRAINT categories_path_check CHECK (right(path, 38) = '/' || id::text || '/'),
    CONSTRAINT categories_level_check CHECK (level >= 0 AND length(path) = 37 * (level + 1) + 1 AND (level = 0) = (parent_id IS NULL))
  );
  CREATE UNIQUE INDEX categories_slug_key ON categories (slug) WHERE deleted_at IS NULL;
  CREATE INDEX categories_parent_id_idx ON categories (parent_id);
  CREATE INDEX categories_path_idx ON categories (path text_pattern_ops);
  CREATE INDEX categories_name_idx ON categories (name, id) WHERE deleted_at IS NULL;
  CREATE INDEX categories_created_at_idx ON categories (created_at, id) WHERE deleted_at IS NULL;
  ${editorIndexes('categories')}
  `,
  `
  DROP TABLE categories;
  `,
);
