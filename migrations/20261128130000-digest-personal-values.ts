import { attachTriggers, detachTriggers, migration } from './support/migration';
import { createFunctions, dropFunctions, formerFunction } from './support/sql-functions';

const USERS = { secrets: ['password_hash'], counter: 'balance' };
const PRODUCTS = { counter: 'stock_quantity' };
const FUNCTIONS = ['personal_digest', 'record_personal_purge', 'personal_triggers'];

/*
 * From here on the audit log keeps a digest of a personal value, and audit_personal the value (docs/adr/0015). Entries that are there keep
 * what they have: the log is append-only, and rewriting it would break what it proves. Nothing has written audit_personal until now, so its
 * columns change in one step: a row keeps all personal values of an entry. Undoing it keeps the rows, without a column's name.
 */
export = migration(
  `
  -- No version of the shop has read or written these columns.
  -- squawk-ignore ban-drop-column
  ALTER TABLE audit_personal DROP COLUMN column_name;
  -- squawk-ignore renaming-column
  ALTER TABLE audit_personal RENAME COLUMN old_value TO old_values;
  -- squawk-ignore renaming-column
  ALTER TABLE audit_personal RENAME COLUMN new_value TO new_values;
  DROP FUNCTION attach_triggers(text, text[], text);
  DROP FUNCTION ledger_function(text, text[], text);
  ${createFunctions(FUNCTIONS)}
  ${detachTriggers('users')}
  ${attachTriggers('users', { ...USERS, personal: ['email', 'username', 'first_name', 'last_name'] })}
  ${attachTriggers('profiles', { personal: ['display_name', 'bio', 'avatar_url', 'phone', 'birth_date', 'address'] })}
  ${attachTriggers('orders', { personal: ['shipping_address', 'note'] })}
  ${attachTriggers('products', PRODUCTS)}
  `,
  `
  ${['users', 'profiles', 'orders', 'products'].map(detachTriggers).join('\n  ')}
  ${dropFunctions(FUNCTIONS)}
  ${formerFunction('tell_edits', 'ledger_function')}
  ${formerFunction('tell_edits', 'attach_triggers')}
  -- squawk-ignore renaming-column
  ALTER TABLE audit_personal RENAME COLUMN old_values TO old_value;
  -- squawk-ignore renaming-column
  ALTER TABLE audit_personal RENAME COLUMN new_values TO new_value;
  ALTER TABLE audit_personal ADD COLUMN column_name text NOT NULL DEFAULT '';
  ALTER TABLE audit_personal ALTER COLUMN column_name DROP DEFAULT;
  ${attachTriggers('users', USERS)}
  ${attachTriggers('profiles')}
  ${attachTriggers('orders')}
  ${attachTriggers('products', PRODUCTS)}
  `,
);
