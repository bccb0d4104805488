import type { SeedSession } from './seed-session';

/** The append-only tables: privileges and triggers refuse to change or delete their rows. */
export const appendOnlyTables: readonly string[] = ['audit_logs', 'balance_entries', 'price_entries', 'stock_movements'];

/**
 * Runs work that may delete from the append-only tables. Only their owner can lift the guards. The DDL locks the tables until the
 * transaction ends, so no other session sees them unguarded, and a failure rolls the change back.
 */
export async function withWritableLedgers(session: SeedSession, work: () => Promise<void>): Promise<void> {
  // The ledgers' owner has the privilege anyway, because their entries go with a purged product or user.
  await session.query('GRANT DELETE ON audit_logs TO CURRENT_USER');
  for (const table of appendOnlyTables) await session.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  await work();
  for (const table of appendOnlyTables) await session.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  await session.query('REVOKE DELETE ON audit_logs FROM CURRENT_USER');
}

/**
 * Runs work that inserts products together with their history in the stock ledger. One trigger would write an opening movement of today,
 * another refuses movements that the first did not write; both are off in this transaction only, which locks the tables.
 */
export async function withoutStockTrigger(session: SeedSession, work: () => Promise<void>): Promise<void> {
  const guards = [
    ['products', 'products_ledger_insert'],
    ['stock_movements', 'stock_movements_insert_guard'],
  ];
  for (const [table, trigger] of guards) await session.query(`ALTER TABLE ${table} DISABLE TRIGGER ${trigger}`);
  await work();
  // ALTER TABLE fails while deferred constraints are pending.
  await session.query('SET CONSTRAINTS ALL IMMEDIATE');
  for (const [table, trigger] of guards) await session.query(`ALTER TABLE ${table} ENABLE TRIGGER ${trigger}`);
}
