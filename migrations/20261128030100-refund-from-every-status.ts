import { migration } from './support/migration';
import { createFunctions, formerFunction } from './support/sql-functions';

/*
 * Checked in the transaction that adds them: both ways change statuses of orders, too, so that other transactions must see all of it or
 * nothing. The scan takes less than a second for a million orders.
 */
const checks = (shipped: string, completed: string, amount: string) => `
  ALTER TABLE orders DROP CONSTRAINT orders_shipped_at_check, DROP CONSTRAINT orders_completed_at_check;
  ALTER TABLE refunds DROP CONSTRAINT refunds_amount_check;
  -- squawk-ignore constraint-missing-not-valid
  ALTER TABLE orders ADD CONSTRAINT orders_shipped_at_check CHECK (${shipped});
  -- squawk-ignore constraint-missing-not-valid
  ALTER TABLE orders ADD CONSTRAINT orders_completed_at_check CHECK (${completed});
  -- squawk-ignore constraint-missing-not-valid
  ALTER TABLE refunds ADD CONSTRAINT refunds_amount_check CHECK (${amount});`;

const setStatus = (status: string, condition: string) => `
  ALTER TABLE orders DISABLE TRIGGER orders_status_guard;
  UPDATE orders SET status = ${status} WHERE ${condition};
  ALTER TABLE orders ENABLE TRIGGER orders_status_guard;`;

/*
 * A wholly refunded order is `refunded` whatever it was, and goes nowhere; goods come back without money where none is left to refund.
 * The way down restores `paid` or `shipped`, which such an order was before, and stops at refunds of goods alone: the ledger refers to
 * them, and the earlier schema cannot hold them.
 */
export = migration(
  `
  ${createFunctions(['guard_order_status'])}
  ${checks(
    "shipped_at IS NOT NULL OR status NOT IN ('shipped', 'completed')",
    "CASE status WHEN 'completed' THEN completed_at IS NOT NULL WHEN 'refunded' THEN true ELSE completed_at IS NULL END",
    "amount > 0 OR (amount = 0 AND restock <> '[]')",
  )}
  ${setStatus("'refunded'", "status IN ('paid', 'shipped') AND total > 0 AND total = (SELECT sum(amount) FROM refunds WHERE order_id = orders.id)")}
  `,
  `
  DO $$ BEGIN
    IF EXISTS (SELECT FROM refunds WHERE amount = 0) THEN
      RAISE EXCEPTION 'This migration cannot be undone: refunds of 0.00 record goods that came back, which the earlier schema cannot hold';
    END IF;
  END $$;
  ${setStatus("CASE WHEN shipped_at IS NULL THEN 'paid' ELSE 'shipped' END", "status = 'refunded' AND completed_at IS NULL")}
  ${formerFunction('guard_orders', 'guard_order_status')}
  ${checks("shipped_at IS NOT NULL OR status NOT IN ('shipped', 'completed', 'refunded')", "(completed_at IS NOT NULL) = (status IN ('completed', 'refunded'))", 'amount > 0')}
  `,
);
