import { attachTriggers, migration, timeColumns } from './support/migration';
import { createFunctions, formerFunction } from './support/sql-functions';

const attach = attachTriggers('products', { counter: 'stock_quantity' });

/*
 * Views are counted per product and day in a table of their own, because a view that changed its product would write all its indexes. A job
 * adds what has come to products.view_count. Pages of the table keep room for the next count, which then touches no index.
 */
export = migration(
  `
  CREATE TABLE product_views (
    id uuid NOT NULL CONSTRAINT product_views_pk PRIMARY KEY,
    product_id uuid NOT NULL CONSTRAINT product_views_product_id_fk REFERENCES products (id) ON DELETE CASCADE,
    day date NOT NULL,
    view_count bigint NOT NULL CONSTRAINT product_views_view_count_check CHECK (view_count >= 0),
    folded_count bigint NOT NULL DEFAULT 0 CONSTRAINT product_views_folded_count_check CHECK (folded_count BETWEEN 0 AND view_count),
    ${timeColumns},
    CONSTRAINT product_views_product_id_day_key UNIQUE (product_id, day)
  ) WITH (fillfactor = 70);
  CREATE INDEX product_views_day_idx ON product_views (day, product_id);
  CREATE TRIGGER product_views_stamp BEFORE UPDATE ON product_views FOR EACH ROW EXECUTE FUNCTION stamp_time();
  ALTER TABLE products ADD COLUMN popularity integer NOT NULL DEFAULT 0;
  ${createFunctions(['leave_statistics_out'])}
  ${attach}
  `,
  `
  ALTER TABLE products DROP COLUMN popularity;
  ${formerFunction('tell_edits', 'recorded_without')}
  ${formerFunction('tell_edits', 'recorded')}
  ${formerFunction('personal_triggers', 'ledger_function')}
  ${formerFunction('personal_triggers', 'attach_triggers')}
  DROP FUNCTION statistics_of(text);
  ${attach}
  DROP TABLE product_views;
  `,
);
