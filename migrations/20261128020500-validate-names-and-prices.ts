import { migration } from './support/migration';
import { ADD_PRICE_CHECK, addNameCheck, NAME_CHECKS } from './support/name-checks';

const CHECKS = [
  ...NAME_CHECKS.map((check) => ({ table: check.table, name: `${check.table}_${check.column}_check`, add: addNameCheck(check) })),
  { table: 'products', name: 'products_price_decimals_check', add: ADD_PRICE_CHECK },
];

/* Apart from adding them, so that the tables can be read and written meanwhile. */
export = migration(
  CHECKS.map(({ table, name }) => `ALTER TABLE ${table} VALIDATE CONSTRAINT ${name};`).join('\n'),
  CHECKS.map(({ table, name, add }) => `ALTER TABLE ${table} DROP CONSTRAINT ${name};\n${add}`).join('\n'),
);
