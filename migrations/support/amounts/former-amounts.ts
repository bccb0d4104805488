import type { Amount } from './amount-column';

interface FormerAmount extends Amount {
  /** The check that it had; nothing where it had none. */
  readonly former?: string;
  readonly hasDefault?: boolean;
}

const price = (column: string) => `${column} BETWEEN 0 AND 999999.99`;
const positive = (column: string) => `${column} >= 0`;
const within = 'discount BETWEEN 0 AND subtotal';
const of = (table: string, column: string, former?: string, more: Partial<FormerAmount> = {}): FormerAmount => ({
  table,
  column,
  ...(former === undefined ? {} : { former, range: former.includes(' OR ') ? `(${former})` : former }),
  ...more,
});

/** Every column of money, its table in alphabetical order; `users.balance` has a check of its own beside these. */
export const AMOUNTS: readonly FormerAmount[] = [
  of('balance_entries', 'amount', 'amount <> 0', { hasCurrency: false }),
  of('balance_entries', 'balance_after', positive('balance_after'), { hasCurrency: false }),
  of('order_items', 'unit_price', positive('unit_price'), { hasCurrency: false }),
  of('order_items', 'subtotal', 'subtotal = quantity * unit_price', { hasCurrency: false }),
  of('order_items', 'discount', within, { hasCurrency: false, hasDefault: true }),
  of('orders', 'subtotal', positive('subtotal')),
  of('orders', 'discount', within, { hasDefault: true }),
  of('orders', 'shipping', positive('shipping'), { hasDefault: true }),
  of('orders', 'tax', positive('tax'), { hasDefault: true }),
  of('orders', 'total', 'total = subtotal - discount + shipping + tax'),
  of('price_entries', 'amount', price('amount')),
  of('products', 'price', price('price')),
  of('products', 'regular_price'),
  of('products', 'prior_price'),
  of('refunds', 'amount', "amount > 0 OR (amount = 0 AND restock <> '[]')", { hasCurrency: false }),
];

/** The checks of a balance; the API reads a refusal of `users_balance_check` as a balance that does not suffice. */
export const BALANCE_CHECKS = [
  'ALTER TABLE users ADD CONSTRAINT users_balance_check CHECK (balance >= 0)',
  'ALTER TABLE users ADD CONSTRAINT users_balance_currency_check CHECK (is_amount_of(balance, currency))',
];

type Former = Pick<FormerAmount, 'table' | 'column' | 'former'>;

/** Returns the SQL that drops the former check of a column. */
export function dropAmountCheck({ table, column, former }: Former): string {
  return former === undefined ? '' : `ALTER TABLE ${table} DROP CONSTRAINT ${table}_${column}_check;`;
}

/** Returns the SQL that gives a column back its former check. */
export function restoreAmountCheck({ table, column, former }: Former): string {
  return former === undefined ? '' : `ALTER TABLE ${table} ADD CONSTRAINT ${table}_${column}_check CHECK (${former});`;
}
