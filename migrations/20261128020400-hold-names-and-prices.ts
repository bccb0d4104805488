import { migration } from './support/migration';
import { ADD_PRICE_CHECK, addNameCheck, NAME_CHECKS, type NameCheck } from './support/name-checks';
import { createFunctions, dropFunctions } from './support/sql-functions';

/* Rows that the new rule would refuse are tidied first; the audit log keeps what they were. */
const tidy = ({ table, column, fallback }: NameCheck) =>
  `UPDATE ${table} SET ${column} = CASE WHEN is_name(tidied(${column})) THEN tidied(${column}) ELSE ${fallback} END WHERE NOT is_name(${column});`;

const drop = ({ table, column }: NameCheck) => `ALTER TABLE ${table} DROP CONSTRAINT ${table}_${column}_check;`;

const addFormer = ({ table, column, length }: NameCheck) =>
  `ALTER TABLE ${table} ADD CONSTRAINT ${table}_${column}_check CHECK (length(${column}) ${length});`;

/* Names and keys are composed, trimmed and not blank; a price has as many decimals as its currency. */
export = migration(
  `
  ${createFunctions(['is_name', 'currency_decimals'])}
  SET LOCAL app.reason = 'Names are stored trimmed and composed, and prices in the decimals of their currency';
  ${NAME_CHECKS.map(tidy).join('\n  ')}
  UPDATE products SET price = round(price, currency_decimals(currency)) WHERE price <> round(price, currency_decimals(currency));
  ${NAME_CHECKS.map((check) => `${drop(check)}\n  ${addNameCheck(check)}`).join('\n  ')}
  ${ADD_PRICE_CHECK}
  `,
  `
  ALTER TABLE products DROP CONSTRAINT products_price_decimals_check;
  ${NAME_CHECKS.map((check) => `${drop(check)}\n  ${addFormer(check)}`).join('\n  ')}
  ${dropFunctions(['is_name', 'currency_decimals'])}
  `,
);
