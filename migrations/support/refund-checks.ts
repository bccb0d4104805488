/** A check of what a refund leaves behind. */
export interface RefundCheck {
  readonly table: string;
  readonly name: string;
  readonly condition: string;
  /** What the earlier schema had under this name. */
  readonly former: string;
}

/** The checks under which a wholly refunded order is `refunded` whatever it was, and goods come back without money. */
export const REFUND_CHECKS: readonly RefundCheck[] = [
  {
    table: 'orders',
    name: 'orders_shipped_at_check',
    condition: "shipped_at IS NOT NULL OR status NOT IN ('shipped', 'completed')",
    former: "shipped_at IS NOT NULL OR status NOT IN ('shipped', 'completed', 'refunded')",
  },
  {
    table: 'orders',
    name: 'orders_completed_at_check',
    condition: "CASE status WHEN 'completed' THEN completed_at IS NOT NULL WHEN 'refunded' THEN true ELSE completed_at IS NULL END",
    former: "(completed_at IS NOT NULL) = (status IN ('completed', 'refunded'))",
  },
  { table: 'refunds', name: 'refunds_amount_check', condition: "amount > 0 OR (amount = 0 AND restock <> '[]')", former: 'amount > 0' },
];

/** Returns the SQL that makes a check again under its new rule; rows that are there are validated later, without stopping the shop. */
export function addRefundCheck({ table, name, condition }: RefundCheck): string {
  return `ALTER TABLE ${table} DROP CONSTRAINT ${name}; ALTER TABLE ${table} ADD CONSTRAINT ${name} CHECK (${condition}) NOT VALID;`;
}

/** Returns the SQL that makes a check again under its former rule, and checks the rows that are there. */
export function restoreRefundCheck({ table, name, former }: RefundCheck): string {
  return `ALTER TABLE ${table} DROP CONSTRAINT ${name}; ALTER TABLE ${table} ADD CONSTRAINT ${name} CHECK (${former});`;
}
