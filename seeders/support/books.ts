import type { SeedSession } from './seed-session';

/** The tables that only ever grow: the database refuses to change or delete their rows, by privilege and by trigger. */
export const appendOnlyTables: readonly string[] = ['audit_logs', 'balance_entries', 'stock_movements'];

/**
 * Runs work that may delete from the books. Only the tables' owner can open them, by DDL that takes them for itself until the
 * transaction ends and that is undone with it: no other session ever finds them open, and a failure leaves them closed.
 */
export async function withWritableBooks(session: SeedSession, work: () => Promise<void>): Promise<void> {
  for (const table of appendOnlyTables) {
    await session.query(`ALTER TABLE ${table} DISABLE TRIGGER USER; GRANT DELETE ON ${table} TO CURRENT_USER`);
  }
  await work();
  for (const table of appendOnlyTables) {
    await session.query(`REVOKE DELETE ON ${table} FROM CURRENT_USER; ALTER TABLE ${table} ENABLE TRIGGER USER`);
  }
}

/**
 * Runs work that inserts products together with their history in the stock ledger. The trigger would write one opening entry of today,
 * and the ledger's guard refuses rows of other hands; both are off for this transaction alone, which locks the tables.
 */
export async function withoutStockTrigger(session: SeedSession, work: () => Promise<void>): Promise<void> {
  const guards = [
    ['products', 'products_ledger_insert'],
    ['stock_movements', 'stock_movements_insert_guard'],
  ];
  for (const [table, trigger] of guards) await session.query(`ALTER TABLE ${table} DISABLE TRIGGER ${trigger}`);
  await work();
  // A table with checks that wait for the commit cannot be altered.
  await session.query('SET CONSTRAINTS ALL IMMEDIATE');
  for (const [table, trigger] of guards) await session.query(`ALTER TABLE ${table} ENABLE TRIGGER ${trigger}`);
}
