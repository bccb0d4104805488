import { addAmountCheck } from './support/amounts/amount-column';
import { AMOUNTS, BALANCE_CHECKS } from './support/amounts/former-amounts';
import { migration } from './support/migration';

const CHECKS = [
  ...AMOUNTS.map((amount) => ({ table: amount.table, name: `${amount.table}_${amount.column}_check`, add: addAmountCheck(amount) })),
  ...BALANCE_CHECKS.map((add) => ({ table: 'users', name: /CONSTRAINT (\w+)/.exec(add)?.[1], add: `${add} NOT VALID;` })),
];
const TABLES = [...new Set(CHECKS.map(({ table }) => table))];

/* Apart from adding them, so that the tables can be read and written meanwhile; with statistics of the columns, which their new type has none of. */
export = migration(
  [
    ...CHECKS.map(({ table, name }) => `ALTER TABLE ${table} VALIDATE CONSTRAINT ${name};`),
    ...TABLES.map((table) => `ANALYZE ${table};`),
  ].join('\n'),
  CHECKS.map(({ table, name, add }) => `ALTER TABLE ${table} DROP CONSTRAINT ${name};\n${add}`).join('\n'),
);
