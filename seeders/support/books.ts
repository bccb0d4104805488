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
 * Runs work that inserts products together with their history in the stock's ledger. The trigger would date their whole stock
 * now, as one opening count; like the above, it is off for this transaction alone, which holds the table against other writers.
 */
export async function withoutStockTrigger(session: SeedSession, work: () => Promise<void>): Promise<void> {
  await session.query('ALTER TABLE products DISABLE TRIGGER products_ledger_insert');
  await work();
  await session.query('ALTER TABLE products ENABLE TRIGGER products_ledger_insert');
}
