import { attachTriggers, editorIndexes, migration, stampColumns } from './support/migration';
import { createFunctions, dropFunctions } from './support/sql-functions';

/* A new shop's manager gets the permission from the reference data, under the same id. */
export = migration(
  `
  ${createFunctions(['shipping_bands'])}
  CREATE TABLE shipping_methods (
    id uuid NOT NULL CONSTRAINT shipping_methods_pk PRIMARY KEY,
    code text NOT NULL CONSTRAINT shipping_methods_code_check CHECK (code ~ '^[a-z0-9-]{1,64}$'),
    name text NOT NULL CONSTRAINT shipping_methods_name_check CHECK (length(name) BETWEEN 1 AND 100 AND is_name(name)),
    description text NULL CONSTRAINT shipping_methods_description_check CHECK (length(description) <= 1000),
    countries jsonb NOT NULL DEFAULT '[]' CONSTRAINT shipping_methods_countries_check CHECK (are_countries(countries)),
    currency text NOT NULL DEFAULT 'USD' CONSTRAINT shipping_methods_currency_check CHECK (currency ~ '^[A-Z]{3}$'),
    basis text NOT NULL DEFAULT 'subtotal' CONSTRAINT shipping_methods_basis_check CHECK (basis IN ('subtotal', 'weight')),
    bands jsonb NOT NULL,
    tax_class text NOT NULL DEFAULT 'standard' CONSTRAINT shipping_methods_tax_class_check CHECK (is_tax_class(tax_class)),
    is_active boolean NOT NULL DEFAULT true,
    ${stampColumns('shipping_methods')},
    deleted_at timestamptz(3) NULL,
    CONSTRAINT shipping_methods_bands_check CHECK (are_shipping_bands(bands, basis, currency))
  );
  CREATE UNIQUE INDEX shipping_methods_code_key ON shipping_methods (code) WHERE deleted_at IS NULL;
  CREATE INDEX shipping_methods_name_idx ON shipping_methods (name, id) WHERE deleted_at IS NULL;
  CREATE INDEX shipping_methods_created_at_idx ON shipping_methods (created_at, id) WHERE deleted_at IS NULL;
  CREATE INDEX shipping_methods_updated_at_idx ON shipping_methods (updated_at, id) WHERE deleted_at IS NULL;
  ${editorIndexes('shipping_methods')}
  ${attachTriggers('shipping_methods')}

  INSERT INTO permissions (id, role_id, resource, action)
  SELECT '01941f29-7c00-7002-8000-51e661ecac4d', id, 'shipping-methods', '*' FROM roles WHERE id = '01941f29-7c00-7001-8000-6ee4a469cd4e'
  ON CONFLICT DO NOTHING;
  `,
  `
  DELETE FROM permissions WHERE resource = 'shipping-methods';
  DROP TABLE shipping_methods;
  ${dropFunctions(['shipping_bands'])}
  `,
);
