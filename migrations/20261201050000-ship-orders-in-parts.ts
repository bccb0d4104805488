import { migration } from './support/migration';
import { FORMER_STATUS_CHECK, replaceSoldItems, STATUS_CHECK } from './support/order-statuses';
import { createFunctions, formerFunction } from './support/sql-functions';

/*
 * An order of which a part is shipped is `partly_shipped`. The way down makes it `paid` again, past the guard: the earlier schema knows no
 * shipments.
 */
export = migration(
  `
  ${createFunctions(['know_partly_shipped'])}
  ${STATUS_CHECK}
  ${replaceSoldItems("'paid', 'partly_shipped', 'shipped', 'completed'")}
  `,
  `
  ${replaceSoldItems("'paid', 'shipped', 'completed'")}
  ALTER TABLE orders DISABLE TRIGGER orders_status_guard;
  UPDATE orders SET status = 'paid' WHERE status = 'partly_shipped';
  ALTER TABLE orders ENABLE TRIGGER orders_status_guard;
  ${FORMER_STATUS_CHECK.replace(' NOT VALID', '')}
  ${formerFunction('has_bought', 'has_bought')}
  ${formerFunction('guard_order_status', 'guard_order_status')}
  `,
);
