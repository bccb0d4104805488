import { attachTriggers, detachTriggers, migration } from './support/migration';
import { createFunctions, dropFunctions } from './support/sql-functions';

const FUNCTIONS = ['price_at', 'require_sound_prices', 'guard_price_entries', 'keep_price'];
const COLUMNS = ['regular_price', 'prior_price', 'on_sale_until', 'price_changes_at'];
const KEPT = ['price', 'currency', ...COLUMNS].join(', ');
const GIVEN = COLUMNS.map((name) => `NEW.${name} IS NOT NULL`).join(' OR ');

const settled = (event: string, rows: string) =>
  `CREATE TRIGGER price_entries_settle_${event.toLowerCase()} AFTER ${event} ON price_entries REFERENCING ${rows}
    FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION settle_changed_prices();`;

/*
 * A product shows the price that holds, and what holds beside it during a sale; price_changes_at is the next time at which that changes by
 * itself, null for nearly all. The names of the triggers order them: the price is known before a row is stamped.
 */
export = migration(
  `
  ALTER TABLE products ADD COLUMN regular_price numeric(12,2) NULL;
  ALTER TABLE products ADD COLUMN prior_price numeric(12,2) NULL;
  ALTER TABLE products ADD COLUMN on_sale_until timestamptz(3) NULL;
  ALTER TABLE products ADD COLUMN price_changes_at timestamptz(3) NULL;
  ${createFunctions(FUNCTIONS)}
  CREATE TRIGGER products_price BEFORE UPDATE OF ${KEPT} ON products FOR EACH ROW EXECUTE FUNCTION keep_price();
  CREATE TRIGGER products_price_insert BEFORE INSERT ON products FOR EACH ROW WHEN (${GIVEN}) EXECUTE FUNCTION open_price();
  ${attachTriggers('products', { counter: 'stock_quantity' })}
  CREATE TRIGGER price_entries_guard_insert BEFORE INSERT ON price_entries FOR EACH ROW EXECUTE FUNCTION guard_price_entry();
  CREATE TRIGGER price_entries_guard_update BEFORE UPDATE ON price_entries FOR EACH ROW EXECUTE FUNCTION guard_price_entry_update();
  CREATE TRIGGER price_entries_guard_delete BEFORE DELETE ON price_entries FOR EACH ROW EXECUTE FUNCTION guard_price_entry_delete();
  CREATE TRIGGER price_entries_guard_truncate BEFORE TRUNCATE ON price_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('price_entries');
  CREATE TRIGGER price_entries_close_gap AFTER DELETE ON price_entries FOR EACH ROW WHEN (OLD.kind = 'regular') EXECUTE FUNCTION close_gap_of_prices();
  ${settled('INSERT', 'NEW TABLE AS new_rows')}
  ${settled('UPDATE', 'NEW TABLE AS new_rows')}
  ${settled('DELETE', 'OLD TABLE AS old_rows')}
  ${attachTriggers('price_entries')}
  `,
  `
  ${detachTriggers('price_entries')}
  ${detachTriggers('products')}
  DROP TRIGGER products_price_insert ON products;
  DROP TRIGGER products_price ON products;
  ${['settle_delete', 'settle_update', 'settle_insert', 'close_gap', 'guard_truncate', 'guard_delete', 'guard_update', 'guard_insert']
    .map((name) => `DROP TRIGGER price_entries_${name} ON price_entries;`)
    .join('\n  ')}
  ${dropFunctions(FUNCTIONS)}
  UPDATE products SET price = regular_price WHERE regular_price IS NOT NULL;
  ${[...COLUMNS]
    .reverse()
    .map((name) => `ALTER TABLE products DROP COLUMN ${name};`)
    .join('\n  ')}
  ${attachTriggers('products', { counter: 'stock_quantity' })}
  `,
);
