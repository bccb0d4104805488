/** A check that a name or key is composed, trimmed and not blank. */
export interface NameCheck {
  readonly table: string;
  readonly column: string;
  readonly length: string;
  /** What stands for a text of which nothing is left. */
  readonly fallback: string;
}

const upTo = (max: number) => `BETWEEN 1 AND ${max}`;

export const NAME_CHECKS: readonly NameCheck[] = [
  { table: 'categories', column: 'name', length: upTo(120), fallback: 'slug' },
  { table: 'products', column: 'name', length: upTo(200), fallback: 'slug' },
  { table: 'products', column: 'sku', length: upTo(64), fallback: "'SKU-' || id" },
  { table: 'products', column: 'brand', length: upTo(120), fallback: 'NULL' },
  { table: 'products', column: 'model', length: upTo(120), fallback: 'NULL' },
  { table: 'profiles', column: 'display_name', length: '<= 100', fallback: 'NULL' },
  { table: 'tags', column: 'name', length: upTo(100), fallback: 'slug' },
  { table: 'users', column: 'first_name', length: upTo(100), fallback: 'username' },
  { table: 'users', column: 'last_name', length: upTo(100), fallback: 'username' },
];

/** Returns the SQL that adds the check to its table; rows that are there are validated later, without stopping the shop. */
export function addNameCheck({ table, column, length }: NameCheck): string {
  return `ALTER TABLE ${table} ADD CONSTRAINT ${table}_${column}_check CHECK (length(${column}) ${length} AND is_name(${column})) NOT VALID;`;
}

export const ADD_PRICE_CHECK = `ALTER TABLE products ADD CONSTRAINT products_price_decimals_check
  CHECK (price = round(price, currency_decimals(currency))) NOT VALID;`;
