import { migration } from './support/migration';
import { addRule, PRICE_RULES } from './support/order-prices';

/* Apart from adding them, so that orders can be read and written meanwhile. */
export = migration(
  PRICE_RULES.map(({ table, name }) => `ALTER TABLE ${table} VALIDATE CONSTRAINT ${name};`).join('\n'),
  PRICE_RULES.map((rule) => `ALTER TABLE ${rule.table} DROP CONSTRAINT ${rule.name};\n${addRule(rule)}`).join('\n'),
);
