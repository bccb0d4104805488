import { migration } from './support/migration';

/* The timeline of prices. Who set one is no foreign key, because a price that was in force never changes, not even with its author. */
export = migration(
  `
  CREATE EXTENSION IF NOT EXISTS btree_gist;
  CREATE TABLE price_entries (
    id uuid NOT NULL CONSTRAINT price_entries_pk PRIMARY KEY,
    product_id uuid NOT NULL CONSTRAINT price_entries_product_id_fk REFERENCES products (id) ON DELETE CASCADE,
    kind text NOT NULL CONSTRAINT price_entries_kind_check CHECK (kind IN ('regular', 'sale')),
    currency text NOT NULL CONSTRAINT price_entries_currency_check CHECK (currency ~ '^[A-Z]{3}$'),
    amount numeric(12,2) NOT NULL CONSTRAINT price_entries_amount_check CHECK (amount BETWEEN 0 AND 999999.99),
    valid_from timestamptz(3) NOT NULL CONSTRAINT price_entries_start_check CHECK (isfinite(valid_from)),
    valid_to timestamptz(3) NULL CONSTRAINT price_entries_end_check CHECK (isfinite(valid_to)),
    set_by uuid NULL,
    created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT price_entries_decimals_check CHECK (amount = round(amount, currency_decimals(currency))),
    CONSTRAINT price_entries_span_check CHECK (valid_to > valid_from),
    CONSTRAINT price_entries_period_excl EXCLUDE USING gist (product_id WITH =, currency WITH =, kind WITH =, tstzrange(valid_from, valid_to) WITH &&)
  );
  CREATE INDEX price_entries_product_id_idx ON price_entries (product_id, currency, kind, valid_from);
  CREATE INDEX price_entries_valid_from_idx ON price_entries (valid_from, id);
  CREATE INDEX price_entries_created_at_idx ON price_entries (created_at, id);
  `,
  `
  DROP TABLE price_entries;
  DROP EXTENSION btree_gist;
  `,
);
