import { changesByColumn } from './audit-by-column';
import type { Books } from './books-by-column';

/** What `work_of` says of the unit of work that wrote the row of an id, where the works of the transaction are read once a statement. */
export const workOf = (id: string) => `(SELECT works() AS together OFFSET 0) works, work_of(works.together, ${id}) w`;

const WHO_AND_WHY = 'actor_id, actor, request_id, ip, user_agent, reason';

/**
 * The trigger that writes ledger and audit log of an update in one statement, each row with the unit of work that wrote it. A migration
 * that adds a column to the table, or drops one, ends with this call, with the columns as they are then: all but the id, the stamps and
 * those that PostgreSQL generates.
 */
export function booksByUnit({ table, columns, secrets, moved, ...books }: Books): string {
  const { ledger, owner, difference, after, kind, kindSetting } = books;
  return `
  CREATE OR REPLACE FUNCTION record_${table}_update() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    WITH c AS MATERIALIZED (
    SELECT c.*, w.* FROM (${changesByColumn(columns, secrets, ` o.${moved} AS before, n.${moved} AS after,`)}) c, ${workOf('c.id')}
    ),
    moved AS (
      INSERT INTO ${ledger} (id, ${owner}, ${difference}, ${after}, ${kind}, order_id, refund_id, note, actor_id)
      SELECT uuid_v7(), id, after - before, after, coalesce(${kindSetting.replace('app.', '')}, 'adjustment'), order_id, refund_id, ledger_note, actor_id
      FROM c WHERE after <> before
    )
    INSERT INTO audit_logs (id, table_name, record_id, action, old_values, new_values, ${WHO_AND_WHY})
    SELECT uuid_v7(), TG_ARGV[0], id, action, ('{' || old_values || old_stamps)::jsonb, ('{' || new_values || new_stamps)::jsonb, ${WHO_AND_WHY}
    FROM c WHERE new_values <> '';
    RETURN NULL;
  END
  $$;`;
}
