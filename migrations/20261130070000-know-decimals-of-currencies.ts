import { migration } from './support/migration';
import { createFunctions, dropFunctions, formerFunction } from './support/sql-functions';

const FUNCTIONS = ['amounts'];

/* Dinars have three decimals (docs/adr/0031). */
export = migration(
  createFunctions(FUNCTIONS),
  `
  ${dropFunctions(FUNCTIONS)}
  ${formerFunction('currency_decimals', 'currency_decimals')}
  `,
);
