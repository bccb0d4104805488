import { detachTriggers, migration } from './support/migration';

/* The personal columns that there are: guests' orders have some more. */
const ATTACH = `SELECT attach_triggers('orders', '{}', NULL, ARRAY(
    SELECT name FROM columns_of('orders') WHERE name IN ('email', 'shipping_address', 'billing_address', 'note') ORDER BY position
  ));`;

/* Until when a pending order holds its stock; it is cancelled then. An order without it waits for somebody who cancels it. */
export = migration(
  `
  ALTER TABLE orders ADD COLUMN expires_at timestamptz(3) NULL CONSTRAINT orders_expires_at_check CHECK (isfinite(expires_at));
  ${ATTACH}
  `,
  `
  ${detachTriggers('orders')}
  ALTER TABLE orders DROP COLUMN expires_at;
  ${ATTACH}
  `,
);
