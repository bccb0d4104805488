import { migration } from './support/migration';
import { addRule } from './support/order-prices';
import { GUEST_RULES } from './support/orders/guest-orders';

/* Apart from adding them, so that orders can be read and written meanwhile. */
export = migration(
  GUEST_RULES.map(({ table, name }) => `ALTER TABLE ${table} VALIDATE CONSTRAINT ${name};`).join('\n'),
  GUEST_RULES.map((rule) => `ALTER TABLE ${rule.table} DROP CONSTRAINT ${rule.name};\n${addRule(rule)}`).join('\n'),
);
