import { migration } from './support/migration';
import { addRefundCheck, REFUND_CHECKS } from './support/refund-checks';

/*
 * Apart from adding them, so that orders can be read and written meanwhile. The way down is the first of three, so it stops, before
 * anything is undone, at refunds of goods alone: the ledger refers to them, and the earlier schema cannot hold them.
 */
export = migration(
  REFUND_CHECKS.map(({ table, name }) => `ALTER TABLE ${table} VALIDATE CONSTRAINT ${name};`).join('\n'),
  `
  DO $$ BEGIN
    IF EXISTS (SELECT FROM refunds WHERE amount = 0) THEN
      RAISE EXCEPTION 'This migration cannot be undone: refunds of 0.00 record goods that came back, which the earlier schema cannot hold';
    END IF;
  END $$;
  ${REFUND_CHECKS.map(addRefundCheck).join('\n  ')}
  `,
);
