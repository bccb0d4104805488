import { migration } from './support/migration';
import { addRefundCheck, REFUND_CHECKS, restoreRefundCheck } from './support/refund-checks';
import { createFunctions, formerFunction } from './support/sql-functions';

/* A wholly refunded order is `refunded` whatever it was, and goes nowhere; goods come back without money where none is left to refund. */
export = migration(
  `
  ${createFunctions(['guard_order_status'])}
  ${REFUND_CHECKS.map(addRefundCheck).join('\n  ')}
  `,
  `
  ${formerFunction('guard_orders', 'guard_order_status')}
  ${REFUND_CHECKS.map(restoreRefundCheck).join('\n  ')}
  `,
);
