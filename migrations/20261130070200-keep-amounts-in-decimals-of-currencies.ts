import { addAmountCheck, dropFitting, fitAmounts } from './support/amounts/amount-column';
import { AMOUNTS, BALANCE_CHECKS, dropAmountCheck, restoreAmountCheck } from './support/amounts/former-amounts';
import { retypeColumns } from './support/amounts/retype-columns';
import { createSalesViews, DROP_SALES_VIEWS } from './support/amounts/sales-views';
import { migration } from './support/migration';
import { ADD_PRICE_CHECK } from './support/name-checks';
import { REWRITE } from './support/rewrite';
import { createFunctions, dropFunctions, formerFunction } from './support/sql-functions';

const FUNCTIONS = ['fit_lines_and_refunds', 'guard_order_amounts'];
const ALL = [...AMOUNTS, { table: 'users', column: 'balance', former: 'balance >= 0', hasDefault: true }];
const TABLES = [...new Set(ALL.map(({ table }) => table))];
const columnsOf = (table: string) => ALL.filter((amount) => amount.table === table).map(({ column }) => column);

/* The tables with a currency; a trigger writes their amounts in its decimals. */
const FITTED = ['orders', 'price_entries', 'products', 'users'];
const LINES = `scale(NEW.unit_price) < 2 OR scale(NEW.subtotal) <> scale(NEW.unit_price) OR scale(NEW.discount) <> scale(NEW.unit_price)`;

const defaults = (value: string) =>
  ALL.filter(({ hasDefault }) => hasDefault).map(
    ({ table, column }) => `ALTER TABLE ${table} ALTER COLUMN ${column} SET DEFAULT ${value};`,
  );

/* What was priced in whole hundredths of a dinar is written in thousandths: the same amount, and so no change. The ledger stays as it was. */
const refit = (table: string, currency: string, rest: string) => `ALTER TABLE ${table} DISABLE TRIGGER USER;
  UPDATE ${table} t SET ${columnsOf(table)
    .map((column) => `${column} = fitted_amount(t.${column}, ${currency})`)
    .join(', ')} ${rest} currency_decimals(${currency}) > 2;
  ALTER TABLE ${table} ENABLE TRIGGER USER;`;

const guardSums = (columns: string) => `DROP TRIGGER orders_sums_guard ON orders;
  CREATE CONSTRAINT TRIGGER orders_sums_guard AFTER INSERT OR UPDATE OF ${columns} ON orders
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_order_sums('orders');`;

/* An amount that the former type would round is not rounded: the way down stops. */
const requireHundredths = (table: string) => `IF EXISTS (SELECT FROM ${table} WHERE ${columnsOf(table)
  .map((column) => `${column} <> round(${column}, 2)`)
  .join(' OR ')}) THEN
      RAISE EXCEPTION '${table} has amounts of three decimals, which the earlier schema would round: stay with this one, or delete them first';
    END IF;`;

/*
 * Amounts have as many decimals as their currency (docs/adr/0031). Taking the scale from the type of a numeric rewrites no row; the indexes
 * that name such a column are dropped before and built again after, concurrently. The former type is a rewrite.
 */
export = migration(
  `
  ${REWRITE}
  ${DROP_SALES_VIEWS}
  ${ALL.map(dropAmountCheck).join('\n  ')}
  ALTER TABLE price_entries DROP CONSTRAINT price_entries_decimals_check;
  ALTER TABLE products DROP CONSTRAINT products_price_decimals_check;
  ${TABLES.map((table) => retypeColumns(table, columnsOf(table), 'numeric')).join('\n  ')}
  ${defaults('0.00').join('\n  ')}
  ${['order_items', 'refunds'].map((table) => refit(table, 'o.currency', 'FROM orders o WHERE o.id = t.order_id AND')).join('\n  ')}
  ${FITTED.map((table) => refit(table, 't.currency', 'WHERE')).join('\n  ')}
  ${AMOUNTS.map(addAmountCheck).join('\n  ')}
  ${BALANCE_CHECKS.map((check) => `${check} NOT VALID;`).join('\n  ')}
  ${createFunctions(FUNCTIONS)}
  ${guardSums('subtotal, discount, currency')}
  ${FITTED.map((table) => fitAmounts(table, columnsOf(table))).join('\n  ')}
  CREATE TRIGGER order_items_amounts BEFORE INSERT OR UPDATE OF ${columnsOf('order_items').join(', ')} ON order_items
    FOR EACH ROW WHEN (${LINES}) EXECUTE FUNCTION fit_amounts_of_order_items();
  CREATE TRIGGER refunds_amounts BEFORE INSERT OR UPDATE OF order_id, amount ON refunds FOR EACH ROW EXECUTE FUNCTION fit_amounts_of_refunds();
  ${createSalesViews({
    revenue: 'rounded_amount((i.subtotal - i.discount) * (1 - coalesce(refunded.amount / nullif(o.total, 0), 0)), o.currency)',
    total: 'revenue::text',
  })}
  `,
  `
  ${REWRITE}
  DO $$ BEGIN
    ${TABLES.map(requireHundredths).join('\n    ')}
  END $$;
  ${DROP_SALES_VIEWS}
  DROP TRIGGER refunds_amounts ON refunds;
  DROP TRIGGER order_items_amounts ON order_items;
  ${FITTED.map(dropFitting).join('\n  ')}
  ${guardSums('subtotal, discount')}
  ${dropFunctions(FUNCTIONS)}
  ${formerFunction('guard_orders', 'guard_order_sums')}
  ${AMOUNTS.map(({ table, column }) => `ALTER TABLE ${table} DROP CONSTRAINT ${table}_${column}_check;`).join('\n  ')}
  ALTER TABLE users DROP CONSTRAINT users_balance_currency_check;
  ALTER TABLE users DROP CONSTRAINT users_balance_check;
  ${defaults('0').join('\n  ')}
  ${TABLES.map((table) => retypeColumns(table, columnsOf(table), 'numeric(12,2)')).join('\n  ')}
  ${ALL.map(restoreAmountCheck).join('\n  ')}
  ALTER TABLE price_entries ADD CONSTRAINT price_entries_decimals_check CHECK (amount = round(amount, currency_decimals(currency)));
  ${ADD_PRICE_CHECK.replace(' NOT VALID', '')}
  ${createSalesViews({
    revenue: 'round((i.subtotal - i.discount) * (1 - coalesce(refunded.amount, 0) / greatest(o.total, 0.01)), 2)',
    total: 'revenue::numeric(20,2)::text',
  })}
  `,
);
