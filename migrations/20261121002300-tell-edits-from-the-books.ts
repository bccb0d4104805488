import { migration, stampEdits } from './support/migration';

/** What the books move, by table. */
const MOVED = { products: 'stock_quantity', users: 'balance' } as const;
const TABLES = Object.entries(MOVED);

/*
 * A sale raises the version, for the representation changes, and stands in a ledger with who and why. It is no edit: updated_at and
 * updated_by stay, and so do their indexes, and the new row has room on the page of the old one.
 */
export = migration(
  `
  CREATE FUNCTION raise_version() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    NEW.version := OLD.version + 1;
    RETURN NEW;
  END
  $$;
  ${TABLES.map(
    ([table, moved]) => `
    DROP TRIGGER ${table}_stamp ON ${table};
    ${stampEdits(table, moved)}
    ALTER TABLE ${table} SET (fillfactor = 85);`,
  ).join('')}
  `,
  `
  ${TABLES.map(
    ([table]) => `
    ALTER TABLE ${table} RESET (fillfactor);
    DROP TRIGGER ${table}_version ON ${table};
    DROP TRIGGER ${table}_stamp ON ${table};
    CREATE TRIGGER ${table}_stamp BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION stamp_row();`,
  ).join('')}
  DROP FUNCTION raise_version();
  `,
);
