import { attachTriggers, editorIndexes, migration, stampColumns } from './support/migration';
import { createFunctions, dropFunctions } from './support/sql-functions';

/*
 * The rate of each class of goods in a country or a region of it, over time: never two at once. Without a start it always held. A new shop's
 * manager gets the permission from the reference data, under the same id.
 */
export = migration(
  `
  ${createFunctions(['is_tax_class'])}
  CREATE TABLE tax_rates (
    id uuid NOT NULL CONSTRAINT tax_rates_pk PRIMARY KEY,
    country text NOT NULL CONSTRAINT tax_rates_country_check CHECK (country ~ '^[A-Z]{2}$'),
    region text NULL CONSTRAINT tax_rates_region_check CHECK (region ~ '^[A-Z0-9]{1,3}$'),
    tax_class text NOT NULL DEFAULT 'standard' CONSTRAINT tax_rates_tax_class_check CHECK (is_tax_class(tax_class)),
    name text NOT NULL CONSTRAINT tax_rates_name_check CHECK (length(name) BETWEEN 1 AND 100 AND is_name(name)),
    rate numeric(7,4) NOT NULL CONSTRAINT tax_rates_rate_check CHECK (rate BETWEEN 0 AND 100),
    valid_from timestamptz(3) NULL CONSTRAINT tax_rates_valid_from_check CHECK (isfinite(valid_from)),
    valid_to timestamptz(3) NULL,
    ${stampColumns('tax_rates')},
    deleted_at timestamptz(3) NULL,
    CONSTRAINT tax_rates_valid_to_check CHECK (isfinite(valid_to) AND (valid_from IS NULL OR valid_to > valid_from)),
    CONSTRAINT tax_rates_period_excl EXCLUDE USING gist
      (country WITH =, (coalesce(region, '')) WITH =, tax_class WITH =, tstzrange(valid_from, valid_to) WITH &&) WHERE (deleted_at IS NULL)
  );
  CREATE INDEX tax_rates_country_idx ON tax_rates (country, id) WHERE deleted_at IS NULL;
  CREATE INDEX tax_rates_tax_class_idx ON tax_rates (tax_class, id) WHERE deleted_at IS NULL;
  CREATE INDEX tax_rates_created_at_idx ON tax_rates (created_at, id) WHERE deleted_at IS NULL;
  CREATE INDEX tax_rates_updated_at_idx ON tax_rates (updated_at, id) WHERE deleted_at IS NULL;
  ${editorIndexes('tax_rates')}
  ${attachTriggers('tax_rates')}

  INSERT INTO permissions (id, role_id, resource, action)
  SELECT '01941f29-7c00-7002-8000-87a834c8a06d', id, 'tax-rates', '*' FROM roles WHERE id = '01941f29-7c00-7001-8000-6ee4a469cd4e'
  ON CONFLICT DO NOTHING;
  `,
  `
  DELETE FROM permissions WHERE resource = 'tax-rates';
  DROP TABLE tax_rates;
  ${dropFunctions(['is_tax_class'])}
  `,
);
