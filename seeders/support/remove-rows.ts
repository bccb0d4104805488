import { appendOnlyTables, withWritableBooks } from './books';
import { deleteNamed, nameParts, nameRows } from './name-rows';
import { refuseWhereReferred } from './refuse-where-referred';
import type { SeedSession } from './seed-session';
import type { SeedTable } from './seed-table';

/** Rows that are part of another row and go with it, as `[table, column, owner]`, in the order in which they can be deleted. */
const parts = [
  ['refresh_tokens', 'user_id', 'users'],
  ['balance_entries', 'user_id', 'users'],
  ['stock_movements', 'product_id', 'products'],
  ['refunds', 'order_id', 'orders'],
  ['order_items', 'order_id', 'orders'],
  ['product_images', 'product_id', 'products'],
  ['product_tags', 'product_id', 'products'],
  ['user_roles', 'user_id', 'users'],
  ['profiles', 'user_id', 'users'],
  ['permissions', 'role_id', 'roles'],
] as const;

/**
 * Removes seeded rows with their parts, their entries in the books and their audit log, so that nothing is left of them. Throws,
 * and removes nothing, where any other row refers to one of them: that row is the shop's own. Answers the number of rows removed.
 */
export async function removeRows(session: SeedSession, tables: readonly SeedTable[]): Promise<number> {
  await nameRows(session, tables);
  const names = tables.map(({ table }) => table);
  // Against new rows that refer to these. The books are not the owner's to lock; opening them locks them.
  const lockable = names.filter((name) => !appendOnlyTables.includes(name)).sort();
  await session.query(`LOCK TABLE ${lockable.join(', ')} IN EXCLUSIVE MODE`);
  for (const [table, column, owner] of parts) await nameParts(session, table, column, owner);
  await refuseWhereReferred(session);
  const partNames = parts.map(([table]) => table);
  const owners = names.toReversed().filter((name) => partNames.every((part) => part !== name));
  let removed = 0;
  await withWritableBooks(session, async () => {
    for (const table of [...partNames, ...owners]) removed += await deleteNamed(session, table);
    await session.query(
      'DELETE FROM audit_logs USING seeded WHERE audit_logs.table_name = seeded.table_name AND audit_logs.record_id = seeded.id',
    );
  });
  return removed;
}
