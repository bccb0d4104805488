import { attachTriggers, detachTriggers, migration } from './support/migration';
import { addRule } from './support/order-prices';
import { IMPORT_RULES } from './support/orders/imported-orders';

const PERSONAL = ['shipping_address', 'note', 'email', 'billing_address'];

/* Orders of the past, which moved no stock here, and refunds of credit notes, each once by its reference. */
export = migration(
  `
  ALTER TABLE orders ADD COLUMN customer_number text NULL, ADD COLUMN imported_at timestamptz(3) NULL;
  ALTER TABLE refunds ADD COLUMN reference text NULL;
  ${IMPORT_RULES.map(addRule).join('\n  ')}
  ${attachTriggers('orders', { personal: [...PERSONAL, 'customer_number'] })}
  ${attachTriggers('refunds')}
  `,
  `
  ${detachTriggers('refunds')}
  ${detachTriggers('orders')}
  ALTER TABLE refunds DROP COLUMN reference;
  ALTER TABLE orders DROP COLUMN imported_at, DROP COLUMN customer_number;
  ${attachTriggers('orders', { personal: PERSONAL })}
  ${attachTriggers('refunds')}
  `,
);
