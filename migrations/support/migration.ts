import type { QueryInterface } from 'sequelize';

/** What sequelize-cli runs. */
export interface Migration {
  up(queryInterface: QueryInterface): Promise<void>;
  down(queryInterface: QueryInterface): Promise<void>;
}

/*
 * Five seconds for a lock, so that a migration does not hold up the shop's statements behind it, and a minute for a statement that
 * holds locks: longer work goes in smaller steps.
 */
const TIMEOUTS = `SET LOCAL lock_timeout = '5s'; SET LOCAL statement_timeout = '60s';`;

/** Returns a migration of SQL that runs in one transaction each way, with time-outs, so that a failing one leaves nothing behind. */
export function migration(up: string, down: string): Migration {
  return { up: (queryInterface) => runAll(queryInterface, up), down: (queryInterface) => runAll(queryInterface, down) };
}

async function runAll(queryInterface: QueryInterface, sql: string): Promise<void> {
  await queryInterface.sequelize.transaction(async (transaction) => {
    await queryInterface.sequelize.query(`${TIMEOUTS} ${sql}`, { transaction, raw: true, logging: false });
  });
}

/** Returns the columns that every edited table ends with, and their foreign keys. */
export function stampColumns(table: string): string {
  return `
    version integer NOT NULL DEFAULT 1,
    created_by uuid NULL CONSTRAINT ${table}_created_by_fk REFERENCES users (id) ON DELETE SET NULL,
    updated_by uuid NULL CONSTRAINT ${table}_updated_by_fk REFERENCES users (id) ON DELETE SET NULL,
    ${timeColumns}`;
}

/** The times of creation and last edit; like all times, in milliseconds, as they are shown. */
export const timeColumns = `
    created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()`;

/** Returns the indexes of the foreign keys of `stampColumns`. */
export function editorIndexes(table: string): string {
  return `
    CREATE INDEX ${table}_created_by_idx ON ${table} (created_by);
    CREATE INDEX ${table}_updated_by_idx ON ${table} (updated_by);`;
}

/** Returns what makes a table append-only: a trigger, and no privilege to change rows, not even for its owner. */
export function appendOnly(table: string): string {
  return `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('${table}');
  REVOKE UPDATE, DELETE, TRUNCATE ON ${table} FROM PUBLIC, CURRENT_USER;`;
}

interface Triggers {
  /** Columns that are recorded as changed, never with their value. */
  readonly secrets?: readonly string[];
  /** Columns that tell of a person: the log keeps a digest, audit_personal the value. */
  readonly personal?: readonly string[];
  /** The column that a ledger keeps. */
  readonly counter?: string;
}

/** Returns the call that attaches a table's stamp and audit triggers, with its columns as they are now. */
export function attachTriggers(table: string, { secrets = [], personal = [], counter }: Triggers = {}): string {
  const given = [`'${table}'`, arrayOf(secrets), counter === undefined ? 'NULL' : `'${counter}'`];
  // Earlier migrations call the function as it was then.
  if (personal.length > 0) given.push(arrayOf(personal));
  return `SELECT attach_triggers(${given.join(', ')});`;
}

function arrayOf(names: readonly string[]): string {
  return `'{${names.join(',')}}'`;
}

/** Returns the SQL that detaches them; a column that a trigger names can be dropped only then. */
export function detachTriggers(table: string): string {
  const triggers = ['audit_delete', 'audit_update', 'audit_insert', 'version', 'stamp'];
  const drops = triggers.map((name) => `DROP TRIGGER IF EXISTS ${table}_${name} ON ${table};`);
  const functions = ['insert', 'update'].map((verb) => `DROP FUNCTION IF EXISTS record_${table}_${verb}();`);
  return [...drops, ...functions].join('\n  ');
}
