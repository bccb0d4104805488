import { migration } from './support/migration';
import { STATUS_CHECK } from './support/order-statuses';

/* Apart from adding it, so that orders can be read and written meanwhile. */
export = migration('ALTER TABLE orders VALIDATE CONSTRAINT orders_status_check;', STATUS_CHECK);
