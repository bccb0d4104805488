import { attachTriggers, detachTriggers, migration } from './support/migration';

const PLAIN = [
  'profiles',
  'roles',
  'permissions',
  'user_roles',
  'categories',
  'product_images',
  'tags',
  'product_tags',
  'orders',
  'order_items',
  'refunds',
];

/*
 * Stamps, audit log and ledgers. The ledgers accept rows from triggers only: a row inserted by hand (at no trigger's depth) would move
 * nothing, and the counter would no longer equal its sum.
 */
export = migration(
  `
  ${PLAIN.map((table) => attachTriggers(table)).join('\n  ')}
  ${attachTriggers('users', { secrets: ['password_hash'], counter: 'balance' })}
  ${attachTriggers('products', { counter: 'stock_quantity' })}

  CREATE TRIGGER products_ledger_insert AFTER INSERT ON products REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION open_stock_ledger();
  CREATE TRIGGER users_ledger_insert AFTER INSERT ON users REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION open_balance_ledger();
  CREATE TRIGGER stock_movements_insert_guard BEFORE INSERT ON stock_movements
    FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_insert('stock_movements', 'products.stock_quantity');
  CREATE TRIGGER balance_entries_insert_guard BEFORE INSERT ON balance_entries
    FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_insert('balance_entries', 'users.balance');
  `,
  `
  DROP TRIGGER balance_entries_insert_guard ON balance_entries;
  DROP TRIGGER stock_movements_insert_guard ON stock_movements;
  DROP TRIGGER users_ledger_insert ON users;
  DROP TRIGGER products_ledger_insert ON products;
  ${detachTriggers('products')}
  ${detachTriggers('users')}
  ${PLAIN.toReversed()
    .map((table) => detachTriggers(table))
    .join('\n  ')}
  `,
);
