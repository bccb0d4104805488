import type { Rule } from '../order-prices';

/** What holds of orders and refunds that were imported. */
export const IMPORT_RULES: readonly Rule[] = [
  {
    table: 'orders',
    name: 'orders_customer_number_check',
    rule: 'CHECK (customer_number IS NULL OR imported_at IS NOT NULL AND length(customer_number) BETWEEN 1 AND 64)',
  },
  { table: 'orders', name: 'orders_imported_at_check', rule: 'CHECK (isfinite(imported_at))' },
  { table: 'refunds', name: 'refunds_reference_check', rule: 'CHECK (length(reference) BETWEEN 1 AND 200)' },
];
