import { migration } from './support/migration';
import { createFunctions, dropFunctions } from './support/sql-functions';

/* In the order in which they call each other. Names of tables come from trigger arguments: a shard has another name. */
const FUNCTIONS = [
  'uuid_v7',
  'session_variable',
  'units_of_work',
  'stamp_row',
  'refuse_change',
  'guard_orders',
  'guard_category_tree',
  'record_changes',
  'open_ledgers',
  'ledger_function',
  'attach_triggers',
  'make_audit_partitions',
];

export = migration(
  `
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  ${createFunctions(FUNCTIONS)}
  `,
  `
  ${dropFunctions(FUNCTIONS)}
  DROP EXTENSION pg_trgm;
  `,
);
