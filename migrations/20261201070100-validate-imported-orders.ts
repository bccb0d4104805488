import { migration } from './support/migration';
import { addRule } from './support/order-prices';
import { IMPORT_RULES } from './support/orders/imported-orders';

/* Apart from adding them, so that orders can be read and written meanwhile. */
export = migration(
  IMPORT_RULES.map(({ table, name }) => `ALTER TABLE ${table} VALIDATE CONSTRAINT ${name};`).join('\n'),
  IMPORT_RULES.map((rule) => `ALTER TABLE ${rule.table} DROP CONSTRAINT ${rule.name};\n${addRule(rule)}`).join('\n'),
);
