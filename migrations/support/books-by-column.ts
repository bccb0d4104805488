import { changesByColumn, RECORD_CHANGES, workOnce } from './audit-by-column';

/** A table whose `moved` column has a ledger: the columns that are recorded, and how the ledger calls what moved. */
export interface Books {
  readonly table: string;
  readonly columns: readonly string[];
  readonly secrets: readonly string[];
  readonly moved: string;
  readonly ledger: string;
  /** Columns of the ledger: of the row, of the difference, of what is there after it, of the kind of movement. */
  readonly owner: string;
  readonly difference: string;
  readonly after: string;
  readonly kind: string;
  /** The setting that says the kind. */
  readonly kindSetting: string;
}

/**
 * The trigger that writes ledger and audit log of an update in one statement, as it was while a statement was one unit of work: a start
 * and an end of the executor less for every sale than by two triggers. `booksByUnit` took its place.
 */
export function booksByColumn({ table, columns, secrets, moved, ...books }: Books): string {
  const { ledger, owner, difference, after, kind, kindSetting } = books;
  return `
  CREATE OR REPLACE FUNCTION record_${table}_update() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    WITH w AS MATERIALIZED ${workOnce},
    c AS MATERIALIZED (${changesByColumn(columns, secrets, ` o.${moved} AS before, n.${moved} AS after,`)}),
    moved AS (
      INSERT INTO ${ledger} (id, ${owner}, ${difference}, ${after}, ${kind}, order_id, refund_id, note, actor_id)
      SELECT uuid_v7(), c.id, c.after - c.before, c.after, coalesce(work_setting('${kindSetting}'), 'adjustment'),
        work_setting('app.order_id')::uuid, work_setting('app.refund_id')::uuid, work_setting('app.ledger_note'), w.actor_id
      FROM w, c WHERE c.after <> c.before
    )
    ${RECORD_CHANGES}
    FROM w, c
    WHERE c.new_values <> '';
    RETURN NULL;
  END
  $$;`;
}
