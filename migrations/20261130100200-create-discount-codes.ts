import { dropFitting, fitAmounts } from './support/amounts/amount-column';
import { attachTriggers, editorIndexes, migration, stampColumns } from './support/migration';
import { createFunctions, dropFunctions, formerFunction } from './support/sql-functions';

/*
 * Codes that buyers enter. How often one was used is no change of the code: the orders with it, which are recorded, are counted. A new shop's
 * manager gets the permission from the reference data, under the same id.
 */
export = migration(
  `
  ${createFunctions(['are_uuids', 'leave_code_uses_out'])}
  CREATE TABLE discount_codes (
    id uuid NOT NULL CONSTRAINT discount_codes_pk PRIMARY KEY,
    code text NOT NULL CONSTRAINT discount_codes_code_check CHECK (length(code) BETWEEN 1 AND 64 AND is_name(code)),
    description text NULL CONSTRAINT discount_codes_description_check CHECK (length(description) <= 1000),
    kind text NOT NULL CONSTRAINT discount_codes_kind_check CHECK (kind IN ('percent', 'amount', 'free_shipping')),
    value numeric NOT NULL DEFAULT 0.00,
    currency text NULL CONSTRAINT discount_codes_currency_check CHECK (currency ~ '^[A-Z]{3}$'),
    minimum numeric NULL,
    product_ids jsonb NOT NULL DEFAULT '[]' CONSTRAINT discount_codes_product_ids_check CHECK (are_uuids(product_ids, 1000)),
    category_ids jsonb NOT NULL DEFAULT '[]' CONSTRAINT discount_codes_category_ids_check CHECK (are_uuids(category_ids, 100)),
    valid_from timestamptz(3) NULL CONSTRAINT discount_codes_valid_from_check CHECK (isfinite(valid_from)),
    valid_to timestamptz(3) NULL,
    usage_limit integer NULL CONSTRAINT discount_codes_usage_limit_check CHECK (usage_limit > 0),
    usage_limit_per_customer integer NULL CONSTRAINT discount_codes_usage_limit_per_customer_check CHECK (usage_limit_per_customer > 0),
    used_count integer NOT NULL DEFAULT 0 CONSTRAINT discount_codes_used_count_check CHECK (used_count >= 0),
    is_active boolean NOT NULL DEFAULT true,
    ${stampColumns('discount_codes')},
    deleted_at timestamptz(3) NULL,
    CONSTRAINT discount_codes_valid_to_check CHECK (isfinite(valid_to) AND (valid_from IS NULL OR valid_to > valid_from)),
    CONSTRAINT discount_codes_value_check CHECK (CASE kind
      WHEN 'percent' THEN value > 0 AND value <= 100 AND value = round(value, 2)
      WHEN 'amount' THEN value > 0 AND value < 10000000000 AND currency IS NOT NULL AND value = round(value, currency_decimals(currency))
      ELSE value = 0 END),
    CONSTRAINT discount_codes_minimum_check CHECK (minimum IS NULL OR
      minimum > 0 AND minimum < 10000000000 AND currency IS NOT NULL AND minimum = round(minimum, currency_decimals(currency)))
  );
  CREATE UNIQUE INDEX discount_codes_code_key ON discount_codes (lower(code)) WHERE deleted_at IS NULL;
  CREATE INDEX discount_codes_created_at_idx ON discount_codes (created_at, id) WHERE deleted_at IS NULL;
  CREATE INDEX discount_codes_updated_at_idx ON discount_codes (updated_at, id) WHERE deleted_at IS NULL;
  ${editorIndexes('discount_codes')}
  ${fitAmounts('discount_codes', ['value', 'minimum'])}
  ${attachTriggers('discount_codes')}

  INSERT INTO permissions (id, role_id, resource, action)
  SELECT '01941f29-7c00-7002-8000-3c1c57c15a1b', id, 'discount-codes', '*' FROM roles WHERE id = '01941f29-7c00-7001-8000-6ee4a469cd4e'
  ON CONFLICT DO NOTHING;
  `,
  `
  DELETE FROM permissions WHERE resource = 'discount-codes';
  ${dropFitting('discount_codes')}
  DROP TABLE discount_codes;
  ${['recorded_without', 'recorded', 'attach_triggers'].map((name) => formerFunction('record_authors', name)).join('\n  ')}
  ${['many_changes_statement', 'record_changes'].map((name) => formerFunction('record_many_rows', name)).join('\n  ')}
  ${formerFunction('leave_statistics_out', 'statistics_of')}
  ${dropFunctions(['are_uuids'])}
  `,
);
