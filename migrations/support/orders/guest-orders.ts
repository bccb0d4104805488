import type { Rule } from '../order-prices';

/** What holds of the orders of guests. */
export const GUEST_RULES: readonly Rule[] = [
  { table: 'orders', name: 'orders_email_check', rule: "CHECK (length(email) <= 254 AND email ~ '^[!-?A-~]+@[!-?A-~]+[.][!-?A-~]+$')" },
  { table: 'orders', name: 'orders_billing_address_check', rule: "CHECK (jsonb_typeof(billing_address) = 'object')" },
  { table: 'orders', name: 'orders_payer_check', rule: "CHECK (payment_method <> 'balance' OR user_id IS NOT NULL)" },
];
