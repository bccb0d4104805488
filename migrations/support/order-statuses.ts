import { createSalesViews } from './amounts/sales-views';

const FORMER = "'pending', 'paid', 'shipped', 'completed', 'cancelled', 'refunded'";

/** The rules of what the status of an order may be; rows that are there are checked by a later migration. */
export const STATUS_CHECK = statusCheck("'pending', 'paid', 'partly_shipped', 'shipped', 'completed', 'cancelled', 'refunded'");

/** The rule of the earlier schema. */
export const FORMER_STATUS_CHECK = statusCheck(FORMER);

/** Returns the SQL that makes the view `sold_items` again, of the orders that are paid and not refunded wholly. */
export function replaceSoldItems(statuses: string): string {
  const views = createSalesViews({
    revenue: 'rounded_amount((i.subtotal - i.discount) * (1 - coalesce(refunded.amount / nullif(o.total, 0), 0)), o.currency)',
    total: 'revenue::text',
  });
  const view = views.slice(0, views.indexOf('CREATE MATERIALIZED VIEW')).replace('CREATE VIEW', 'CREATE OR REPLACE VIEW');
  return view.replace("'paid', 'shipped', 'completed'", statuses);
}

function statusCheck(statuses: string): string {
  return `ALTER TABLE orders DROP CONSTRAINT orders_status_check;
  ALTER TABLE orders ADD CONSTRAINT orders_status_check CHECK (status IN (${statuses})) NOT VALID;`;
}
