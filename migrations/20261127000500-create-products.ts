import { editorIndexes, migration, stampColumns, timeColumns } from './support/migration';

/** Columns that lists of products are sorted by; the id breaks ties. No index on stock_quantity, which every sale changes (docs/adr/0006). */
const SORTED = ['created_at', 'updated_at', 'name', 'brand', 'price', 'rating', 'view_count'];

/* Stock moves with every sale: pages keep room for the new row version. */
export = migration(
  `
  CREATE TABLE products (
    id uuid NOT NULL CONSTRAINT products_pk PRIMARY KEY,
    name text NOT NULL CONSTRAINT products_name_check CHECK (length(name) BETWEEN 1 AND 200),
    slug text NOT NULL CONSTRAINT products_slug_check CHECK (length(slug) <= 220 AND slug ~ '^[a-z0-9-]+$'),
    sku text NOT NULL CONSTRAINT products_sku_check CHECK (length(sku) BETWEEN 1 AND 64),
    brand text NULL CONSTRAINT products_brand_check CHECK (length(brand) BETWEEN 1 AND 120),
    model text NULL CONSTRAINT products_model_check CHECK (length(model) BETWEEN 1 AND 120),
    description text NULL CONSTRAINT products_description_check CHECK (length(description) <= 10000),
    price numeric(12,2) NOT NULL CONSTRAINT products_price_check CHECK (price BETWEEN 0 AND 999999.99),
    currency text NOT NULL DEFAULT 'USD' CONSTRAINT products_currency_check CHECK (currency ~ '^[A-Z]{3}$'),
    stock_quantity integer NOT NULL DEFAULT 0 CONSTRAINT products_stock_quantity_check CHECK (stock_quantity >= 0),
    in_stock boolean GENERATED ALWAYS AS (stock_quantity > 0) STORED,
    status text NOT NULL DEFAULT 'draft' CONSTRAINT products_status_check CHECK (status IN ('draft', 'active', 'inactive', 'discontinued')),
    featured boolean NOT NULL DEFAULT false,
    view_count bigint NOT NULL DEFAULT 0 CONSTRAINT products_view_count_check CHECK (view_count >= 0),
    rating numeric(3,2) NOT NULL DEFAULT 0 CONSTRAINT products_rating_check CHECK (rating BETWEEN 0 AND 5),
    review_count integer NOT NULL DEFAULT 0 CONSTRAINT products_review_count_check CHECK (review_count >= 0),
    category_id uuid NULL CONSTRAINT products_category_id_fk REFERENCES categories (id) ON DELETE RESTRICT,
    image_url text NULL CONSTRAINT products_image_url_check CHECK (length(image_url) <= 2048 AND image_url ~ '^https?://'),
    attributes jsonb NOT NULL DEFAULT '{}' CONSTRAINT products_attributes_check CHECK (jsonb_typeof(attributes) = 'object'),
    search_vector tsvector GENERATED ALWAYS AS (
      setweight(to_tsvector('english'::regconfig, name), 'A') ||
      setweight(to_tsvector('english'::regconfig, coalesce(brand, '')), 'B') ||
      setweight(to_tsvector('english'::regconfig, coalesce(description, '')), 'C')
    ) STORED,
    ${stampColumns('products')},
    deleted_at timestamptz(3) NULL
  ) WITH (fillfactor = 85);
  CREATE UNIQUE INDEX products_slug_key ON products (slug) WHERE deleted_at IS NULL;
  CREATE UNIQUE INDEX products_sku_key ON products (sku) WHERE deleted_at IS NULL;
  CREATE INDEX products_category_id_idx ON products (category_id, created_at, id);
  CREATE INDEX products_status_idx ON products (status, created_at, id) WHERE deleted_at IS NULL;
  CREATE INDEX products_search_vector_idx ON products USING gin (search_vector);
  CREATE INDEX products_name_trgm_idx ON products USING gin (name gin_trgm_ops);
  ${SORTED.map((column) => `CREATE INDEX products_${column}_idx ON products (${column}, id) WHERE deleted_at IS NULL;`).join('\n')}
  ${editorIndexes('products')}

  CREATE TABLE product_images (
    id uuid NOT NULL CONSTRAINT product_images_pk PRIMARY KEY,
    product_id uuid NOT NULL CONSTRAINT product_images_product_id_fk REFERENCES products (id) ON DELETE CASCADE,
    url text NOT NULL CONSTRAINT product_images_url_check CHECK (length(url) <= 2048 AND url ~ '^https?://'),
    alt_text text NULL CONSTRAINT product_images_alt_text_check CHECK (length(alt_text) <= 500),
    display_order integer NOT NULL DEFAULT 0 CONSTRAINT product_images_display_order_check CHECK (display_order >= 0),
    ${stampColumns('product_images')},
    deleted_at timestamptz(3) NULL
  );
  CREATE INDEX product_images_product_id_idx ON product_images (product_id, display_order, id);
  CREATE INDEX product_images_display_order_idx ON product_images (display_order, id) WHERE deleted_at IS NULL;
  CREATE INDEX product_images_created_at_idx ON product_images (created_at, id) WHERE deleted_at IS NULL;
  CREATE INDEX product_images_updated_at_idx ON product_images (updated_at, id) WHERE deleted_at IS NULL;
  ${editorIndexes('product_images')}

  CREATE TABLE tags (
    id uuid NOT NULL CONSTRAINT tags_pk PRIMARY KEY,
    name text NOT NULL CONSTRAINT tags_name_check CHECK (length(name) BETWEEN 1 AND 100),
    slug text NOT NULL CONSTRAINT tags_slug_check CHECK (length(slug) <= 120 AND slug ~ '^[a-z0-9-]+$'),
    ${stampColumns('tags')},
    deleted_at timestamptz(3) NULL
  );
  CREATE UNIQUE INDEX tags_slug_key ON tags (slug) WHERE deleted_at IS NULL;
  CREATE INDEX tags_name_idx ON tags (name, id) WHERE deleted_at IS NULL;
  CREATE INDEX tags_created_at_idx ON tags (created_at, id) WHERE deleted_at IS NULL;
  ${editorIndexes('tags')}

  CREATE TABLE product_tags (
    id uuid NOT NULL CONSTRAINT product_tags_pk PRIMARY KEY,
    product_id uuid NOT NULL CONSTRAINT product_tags_product_id_fk REFERENCES products (id) ON DELETE CASCADE,
    tag_id uuid NOT NULL CONSTRAINT product_tags_tag_id_fk REFERENCES tags (id) ON DELETE CASCADE,
    ${timeColumns},
    CONSTRAINT product_tags_product_id_tag_id_key UNIQUE (product_id, tag_id)
  );
  CREATE INDEX product_tags_tag_id_idx ON product_tags (tag_id);
  `,
  `
  DROP TABLE product_tags;
  DROP TABLE tags;
  DROP TABLE product_images;
  DROP TABLE products;
  `,
);
