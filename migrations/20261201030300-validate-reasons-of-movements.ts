import { migration } from './support/migration';

const CHECK = "CHECK (reason IN ('order', 'cancel', 'refund', 'restock', 'adjustment', 'hold', 'release'))";

/* Apart from adding it, so that stock moves meanwhile. */
export = migration(
  'ALTER TABLE stock_movements VALIDATE CONSTRAINT stock_movements_reason_check;',
  `
  ALTER TABLE stock_movements DROP CONSTRAINT stock_movements_reason_check;
  ALTER TABLE stock_movements ADD CONSTRAINT stock_movements_reason_check ${CHECK} NOT VALID;
  `,
);
