import { migration } from './support/migration';
import { createFunctions, dropFunctions, formerFunction } from './support/sql-functions';

const COLUMNS = ['regular_price', 'prior_price', 'on_sale_until', 'price_changes_at'];
const KEPT = ['price', 'currency', ...COLUMNS].join(', ');
const BESIDE = ['OLD', 'NEW'].flatMap((row) => COLUMNS.map((name) => `${row}.${name}`)).join(', ');

const keepPrice = (condition: string) => `
  DROP TRIGGER products_price ON products;
  CREATE TRIGGER products_price BEFORE UPDATE OF ${KEPT} ON products FOR EACH ROW ${condition} EXECUTE FUNCTION keep_price();`;

const guardEntries = (condition: string) => `
  DROP TRIGGER price_entries_guard_update ON price_entries;
  CREATE TRIGGER price_entries_guard_update BEFORE UPDATE ON price_entries FOR EACH ROW ${condition} EXECUTE FUNCTION guard_price_entry_update();`;

/*
 * Ten thousand changed prices took a minute, because each row asked the timeline and wrote it. A product with nothing but its price needs
 * neither: its entries are written for all rows of the statement at once.
 */
export = migration(
  `
  ${createFunctions(['record_price_changes'])}
  ${keepPrice(`WHEN (NEW.currency IS DISTINCT FROM OLD.currency OR num_nonnulls(${BESIDE}) > 0)`)}
  CREATE TRIGGER products_price_changes AFTER UPDATE ON products REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION record_price_changes();
  ${guardEntries('WHEN (pg_trigger_depth() = 0)')}
  `,
  `
  ${guardEntries('')}
  DROP TRIGGER products_price_changes ON products;
  ${keepPrice('')}
  ${formerFunction('guard_price_entries', 'settle_prices')}
  ${formerFunction('keep_price', 'keep_price')}
  ${dropFunctions(['record_price_changes'])}
  `,
);
