import { attachTriggers, detachTriggers, migration } from './support/migration';
import { createFunctions, formerFunction } from './support/sql-functions';

const attach = `${attachTriggers('users', { secrets: ['password_hash'], counter: 'balance' })}
  ${attachTriggers('products', { counter: 'stock_quantity' })}`;

/*
 * The version that the last edit made, so that a sale in between does not make an edit stale. Null in rows of an earlier version of the
 * shop until they change: filling it would rewrite the tables.
 */
export = migration(
  `
  ALTER TABLE users ADD COLUMN edited_version integer NULL;
  ALTER TABLE products ADD COLUMN edited_version integer NULL;
  ${createFunctions(['tell_edits'])}
  ${attach}
  `,
  `
  ${detachTriggers('products')}
  ${detachTriggers('users')}
  ${formerFunction('stamp_row', 'stamp_row')}
  ${formerFunction('stamp_row', 'raise_version')}
  ${formerFunction('record_changes', 'recorded_without')}
  ${formerFunction('record_changes', 'recorded')}
  ${formerFunction('ledger_function', 'ledger_function')}
  ${formerFunction('attach_triggers', 'attach_triggers')}
  ALTER TABLE products DROP COLUMN edited_version;
  ALTER TABLE users DROP COLUMN edited_version;
  ${attach}
  `,
);
