import type { QueryInterface } from 'sequelize';

/** What sequelize-cli runs. */
export interface Migration {
  up(queryInterface: QueryInterface): Promise<void>;
  down(queryInterface: QueryInterface): Promise<void>;
}

/*
 * Five seconds for a lock rather than queue the shop's own statements behind it, and a minute for a statement that holds locks:
 * what takes longer is to be done in smaller steps.
 */
const TIMEOUTS = `SET LOCAL lock_timeout = '5s'; SET LOCAL statement_timeout = '60s';`;

/** A migration of SQL that runs in one transaction each way, with time-outs, so that a failing one leaves nothing behind. */
export function migration(up: string, down: string): Migration {
  return { up: (queryInterface) => runAll(queryInterface, up), down: (queryInterface) => runAll(queryInterface, down) };
}

async function runAll(queryInterface: QueryInterface, sql: string): Promise<void> {
  await queryInterface.sequelize.transaction(async (transaction) => {
    await queryInterface.sequelize.query(`${TIMEOUTS} ${sql}`, { transaction, raw: true, logging: false });
  });
}

/** The columns that every edited table ends with, and the foreign keys that go with them. */
export function stampColumns(table: string): string {
  return `
    version integer NOT NULL DEFAULT 1,
    created_by uuid NULL CONSTRAINT ${table}_created_by_fk REFERENCES users (id) ON DELETE SET NULL,
    updated_by uuid NULL CONSTRAINT ${table}_updated_by_fk REFERENCES users (id) ON DELETE SET NULL,
    ${timeColumns}`;
}

/** When a row was made and last changed. */
export const timeColumns = `
    created_at timestamptz NOT NULL DEFAULT date_trunc('milliseconds', clock_timestamp()),
    updated_at timestamptz NOT NULL DEFAULT date_trunc('milliseconds', clock_timestamp())`;

/** Indexes of the stamps' foreign keys, and the trigger that keeps the stamps. */
export function stampSupport(table: string): string {
  return `
    CREATE INDEX ${table}_created_by_idx ON ${table} (created_by);
    CREATE INDEX ${table}_updated_by_idx ON ${table} (updated_by);
    CREATE TRIGGER ${table}_stamp BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION stamp_row();`;
}

/**
 * The stamp triggers of a table whose `moved` column the books move: a change of that alone raises the version, and is no edit. They
 * name the other columns as they are now, so a migration that adds one, or changes its type, drops them first and makes them anew.
 */
export function stampEdits(table: string, moved: string): string {
  return `
    DO $do$ BEGIN
      EXECUTE (
        SELECT format('CREATE TRIGGER ${table}_stamp BEFORE INSERT OR UPDATE OF %s ON ${table} FOR EACH ROW EXECUTE FUNCTION stamp_row()',
          string_agg(quote_ident(attname), ', ' ORDER BY attnum))
        FROM pg_attribute
        WHERE attrelid = '${table}'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attname <> '${moved}'
      );
    END $do$;
    CREATE TRIGGER ${table}_version BEFORE UPDATE OF ${moved} ON ${table} FOR EACH ROW EXECUTE FUNCTION raise_version();`;
}

/** The triggers that write an audited table's changes into the audit log; of secret columns it records that they changed, never their value. */
export function auditTriggers(table: string, secrets: readonly string[] = []): string {
  const call = `FOR EACH STATEMENT EXECUTE FUNCTION record_changes('${table}', '{${secrets.join(',')}}')`;
  return `
    CREATE TRIGGER ${table}_audit_insert AFTER INSERT ON ${table} REFERENCING NEW TABLE AS new_rows ${call};
    CREATE TRIGGER ${table}_audit_update AFTER UPDATE ON ${table} REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows ${call};
    CREATE TRIGGER ${table}_audit_delete AFTER DELETE ON ${table} REFERENCING OLD TABLE AS old_rows ${call};`;
}
