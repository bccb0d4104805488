/** A column of money. */
export interface Amount {
  readonly table: string;
  readonly column: string;
  /** What its check demands beside an amount of the currency: `tax >= 0`. */
  readonly range?: string;
  /** Whether the table has a column `currency`; `false` where a table that it refers to has it. */
  readonly hasCurrency?: boolean;
}

interface AmountColumn extends Amount {
  readonly nullable?: boolean;
  /** The default: `0.00`. */
  readonly fallback?: string;
}

/**
 * Returns a column of money, for CREATE TABLE or ADD COLUMN: a numeric without a scale, whose check refuses what its currency cannot
 * express (docs/adr/0031). `fitAmounts` writes what is given with fewer or more zeros as the currency has it.
 */
export function amountColumn({ nullable = false, fallback, ...amount }: AmountColumn): string {
  const defaults = fallback === undefined ? '' : ` DEFAULT ${fallback}`;
  return `${amount.column} numeric ${nullable ? 'NULL' : 'NOT NULL'}${defaults} ${checkOf(amount)}`;
}

/** Returns the SQL that adds the check of a column that is there; its rows are validated by a later migration. */
export function addAmountCheck(amount: Amount): string {
  return `ALTER TABLE ${amount.table} ADD ${checkOf(amount)} NOT VALID;`;
}

/**
 * Returns the trigger that writes the amounts of a table in the decimals of its column `currency`: 5 as 5.00, or as 5.000 in KWD. It
 * calls its function only where one is written otherwise. A migration that adds an amount calls it again with all of them.
 */
export function fitAmounts(table: string, columns: readonly string[]): string {
  const name = fitting(table);
  const areFit = columns.map((column) => `is_amount_of(NEW.${column}, NEW.currency)`).join(' AND ');
  return `CREATE OR REPLACE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    ${columns.map((column) => `NEW.${column} := fitted_amount(NEW.${column}, NEW.currency);`).join('\n    ')}
    RETURN NEW;
  END
  $$;
  CREATE OR REPLACE TRIGGER ${table}_amounts BEFORE INSERT OR UPDATE OF currency, ${columns.join(', ')} ON ${table}
    FOR EACH ROW WHEN (NOT (${areFit})) EXECUTE FUNCTION ${name}();`;
}

/** Returns the SQL that drops it. */
export function dropFitting(table: string): string {
  return `DROP TRIGGER ${table}_amounts ON ${table};
  DROP FUNCTION ${fitting(table)}();`;
}

function fitting(table: string): string {
  return `fit_amounts_of_${table}`;
}

/* The API reads the field from the name. */
function checkOf({ table, column, range, hasCurrency = true }: Amount): string {
  const isAmount = hasCurrency ? `is_amount_of(${column}, currency)` : `is_amount(${column})`;
  return `CONSTRAINT ${table}_${column}_check CHECK (${range === undefined ? '' : `${range} AND `}${isAmount})`;
}
