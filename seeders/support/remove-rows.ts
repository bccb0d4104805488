import { deleteListed, listParts, listRows } from './list-rows';
import { requireUnreferenced } from './require-unreferenced';
import type { SeedSession } from './seed-session';
import type { SeedTable } from './seed-table';
import { appendOnlyTables, withWritableLedgers } from './table-guards';

/* Tables whose rows belong to another row and go with it, as [table, column, owner], in the order of their deletion. */
const parts = [
  ['refresh_tokens', 'user_id', 'users'],
  ['audit_personal', 'user_id', 'users'],
  ['balance_entries', 'user_id', 'users'],
  ['stock_movements', 'product_id', 'products'],
  ['price_entries', 'product_id', 'products'],
  ['product_views', 'product_id', 'products'],
  ['refunds', 'order_id', 'orders'],
  ['order_items', 'order_id', 'orders'],
  ['product_images', 'product_id', 'products'],
  ['product_tags', 'product_id', 'products'],
  ['user_roles', 'user_id', 'users'],
  ['profiles', 'user_id', 'users'],
  ['permissions', 'role_id', 'roles'],
] as const;

/**
 * Removes seeded rows with the rows that belong to them, their ledger entries and their audit log, and returns the number of rows. Throws,
 * and removes nothing, where any other row refers to one of them.
 */
export async function removeRows(session: SeedSession, tables: readonly SeedTable[]): Promise<number> {
  await listRows(session, tables);
  const names = tables.map(({ table }) => table);
  // So that no new row can refer to these. The append-only tables are locked when their guards are lifted.
  const lockable = names.filter((name) => !appendOnlyTables.includes(name)).sort();
  await session.query(`LOCK TABLE ${lockable.join(', ')} IN EXCLUSIVE MODE`);
  for (const [table, column, owner] of parts) await listParts(session, table, column, owner);
  await requireUnreferenced(session);
  const partNames = parts.map(([table]) => table);
  const owners = names.toReversed().filter((name) => partNames.every((part) => part !== name));
  let removed = 0;
  await withWritableLedgers(session, async () => {
    for (const table of [...partNames, ...owners]) removed += await deleteListed(session, table);
    await session.query(
      'DELETE FROM audit_logs USING seeded WHERE audit_logs.table_name = seeded.table_name AND audit_logs.record_id = seeded.id',
    );
  });
  return removed;
}
