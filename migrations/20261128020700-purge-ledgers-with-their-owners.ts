import { appendOnly, migration } from './support/migration';
import { OWNED_LEDGERS, ownerKey, validateOwnerKey } from './support/owned-ledgers';
import { createFunctions, dropFunctions } from './support/sql-functions';

/* The cascade deletes with the owner's privileges, so the trigger guards alone. The audit log keeps what the entries were. */
const open = ({ name, owners, column }: (typeof OWNED_LEDGERS)[number]) => `
  DROP TRIGGER ${name}_append_only ON ${name};
  CREATE TRIGGER ${name}_append_only BEFORE UPDATE OR TRUNCATE ON ${name}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('${name}');
  CREATE TRIGGER ${name}_delete_guard BEFORE DELETE ON ${name}
    FOR EACH ROW EXECUTE FUNCTION guard_ledger_delete('${name}', '${owners}', '${column}');
  CREATE TRIGGER ${name}_audit_delete AFTER DELETE ON ${name} REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION record_changes('${name}', '{}');
  GRANT DELETE ON ${name} TO CURRENT_USER;`;

const close = ({ name }: (typeof OWNED_LEDGERS)[number]) => `
  DROP TRIGGER ${name}_audit_delete ON ${name};
  DROP TRIGGER ${name}_delete_guard ON ${name};
  DROP TRIGGER ${name}_append_only ON ${name};
  ${appendOnly(name)}
  GRANT UPDATE (id) ON ${name} TO CURRENT_USER;`;

/* A product or user that no order refers to can be purged, and its own entries go with it; nothing else deletes one. */
export = migration(
  `
  ${createFunctions(['guard_ledger_delete'])}
  ${OWNED_LEDGERS.map((ledger) => ownerKey(ledger, 'CASCADE') + open(ledger)).join('\n  ')}
  `,
  `
  ${OWNED_LEDGERS.map((ledger) => `${close(ledger)}\n  ${ownerKey(ledger, 'RESTRICT')}\n  ${validateOwnerKey(ledger)}`).join('\n  ')}
  ${dropFunctions(['guard_ledger_delete'])}
  `,
);
