import type { Amount } from './amounts/amount-column';

/** The total of an order whose prices are without tax, as it always was before. */
export const FORMER_TOTAL: Amount = { table: 'orders', column: 'total', range: 'total = subtotal - discount + shipping + tax' };

/** A constraint, which is added without a look at the rows that are there. */
export interface Rule {
  readonly table: string;
  readonly name: string;
  readonly rule: string;
}

/** What holds of the prices of orders and their lines. */
export const PRICE_RULES: readonly Rule[] = [
  { table: 'orders', name: 'orders_shipping_method_check', rule: "CHECK (shipping_method ~ '^[a-z0-9-]{1,64}$')" },
  {
    table: 'orders',
    name: 'orders_discount_code_check',
    rule: 'CHECK (length(discount_code) BETWEEN 1 AND 64)',
  },
  {
    table: 'orders',
    name: 'orders_discount_code_id_fk',
    rule: 'FOREIGN KEY (discount_code_id) REFERENCES discount_codes (id) ON DELETE RESTRICT',
  },
  {
    table: 'orders',
    name: 'orders_shipping_tax_check',
    rule: 'CHECK (shipping_tax BETWEEN 0 AND tax AND is_amount_of(shipping_tax, currency))',
  },
  { table: 'order_items', name: 'order_items_tax_check', rule: 'CHECK (tax >= 0 AND is_amount(tax))' },
  {
    table: 'orders',
    name: 'orders_total_check',
    rule: 'CHECK (total = subtotal - discount + shipping + CASE WHEN prices_include_tax THEN 0 ELSE tax END AND is_amount_of(total, currency))',
  },
  { table: 'order_items', name: 'order_items_option_values_check', rule: "CHECK (jsonb_typeof(option_values) = 'object')" },
  {
    table: 'order_items',
    name: 'order_items_tax_rate_check',
    rule: 'CHECK (tax_rate BETWEEN 0 AND 100 AND (tax = 0 OR tax_rate IS NOT NULL))',
  },
];

/** Returns the SQL that adds a rule; the rows that are there are validated by a later migration. */
export function addRule({ table, name, rule }: Rule): string {
  return `ALTER TABLE ${table} ADD CONSTRAINT ${name} ${rule} NOT VALID;`;
}
