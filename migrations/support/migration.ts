import type { QueryInterface } from 'sequelize';

interface Migration {
  up(queryInterface: QueryInterface): Promise<void>;
  down(queryInterface: QueryInterface): Promise<void>;
}

/**
 * A migration of SQL that runs in one transaction each way, so that a failing one leaves nothing behind, and that gives up after
 * five seconds rather than queue the shop's own statements behind its locks.
 */
export function migration(up: string, down: string): Migration {
  return { up: (queryInterface) => runAll(queryInterface, up), down: (queryInterface) => runAll(queryInterface, down) };
}

async function runAll(queryInterface: QueryInterface, sql: string): Promise<void> {
  await queryInterface.sequelize.transaction(async (transaction) => {
    await queryInterface.sequelize.query(`SET LOCAL lock_timeout = '5s'; ${sql}`, { transaction, raw: true, logging: false });
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
