import type { TxContext } from '../context/context';
import type { AuditAction } from '../database/audit-actions';
import { queryAll } from '../database/sql/statement';

/** The most changes that a preview lists: as many as a bulk of 1,000 operations makes, ten rows each. */
export const MAX_CHANGES = 10_000;

/** A change that a unit of work has made, from its row in the audit log. */
export interface Change {
  readonly table_name: string;
  readonly record_id: string;
  readonly action: AuditAction;
  /** The changed columns before and after, as JSON text, so that a number keeps its digits. */
  readonly old_values: string | null;
  readonly new_values: string | null;
  /** The counts of a stock or the amounts of a balance, where the change moved one. */
  readonly stock_before: number | null;
  readonly stock_after: number | null;
  readonly balance_before: string | null;
  readonly balance_after: string | null;
  readonly currency: string | null;
}

/*
 * The rows of this transaction, in the order of its commands (cmin). The log has no index on the transaction, but its rows cannot be older
 * than the transaction. The counters are those for which the triggers keep a ledger (migrations/functions/records/ledger_function.sql).
 */
const CHANGES = `
  SELECT a.table_name, a.record_id, a.action, a.old_values::text, a.new_values::text,
    CASE WHEN a.table_name = 'products' THEN (a.old_values ->> 'stock_quantity')::int END AS stock_before,
    CASE WHEN a.table_name = 'products' THEN (a.new_values ->> 'stock_quantity')::int END AS stock_after,
    CASE WHEN a.table_name = 'users' THEN a.old_values ->> 'balance' END AS balance_before,
    CASE WHEN a.table_name = 'users' THEN a.new_values ->> 'balance' END AS balance_after,
    CASE WHEN a.table_name = 'users' THEN
      coalesce(a.new_values ->> 'currency', (SELECT u.currency FROM users u WHERE u.id = a.record_id), a.old_values ->> 'currency')
    END AS currency
  FROM audit_logs a
  WHERE a.occurred_at >= date_trunc('milliseconds', now()) AND a.xact_id = pg_current_xact_id_if_assigned()
  ORDER BY a.cmin::text::bigint, a.record_id LIMIT ${MAX_CHANGES + 1}`;

/**
 * Returns the changes of a unit of work so far, in their order, at most one more than a preview lists. What PostgreSQL would check at the
 * commit is checked before, so it throws what the commit would throw.
 */
export async function changesOf(tx: TxContext): Promise<readonly Change[]> {
  // Together, so that they take one round trip.
  const checked = queryAll(tx, { text: 'SET CONSTRAINTS ALL IMMEDIATE', values: [] });
  const [, changes] = await Promise.all([checked, queryAll<Change>(tx, { text: CHANGES, values: [] })]);
  return changes;
}
