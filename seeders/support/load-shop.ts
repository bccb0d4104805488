import type { Sequelize } from 'sequelize';
import { anyPresent, insertRows } from './insert-rows';
import { removeRows } from './remove-rows';
import { inSeedSession } from './seed-session';
import type { SeedTable } from './seed-table';
import { withoutStockTrigger } from './table-guards';

/**
 * Loads a shop in one transaction, parents first, and returns the number of rows added per table. Where any of its rows exists it
 * changes nothing and returns null: the shop's rows may have been sold, edited or deleted since.
 */
export async function loadShop(sequelize: Sequelize, tables: readonly SeedTable[]): Promise<Record<string, number> | null> {
  return inSeedSession(sequelize, async (session) => {
    if (await anyPresent(session, tables)) return null;
    const added: Record<string, number> = {};
    const insertAll = async (): Promise<void> => {
      for (const table of tables) added[table.table] = (await insertRows(session, table, 'refuse')).length;
    };
    const hasStockLedger = tables.some(({ table }) => table === 'stock_movements');
    await (hasStockLedger ? withoutStockTrigger(session, insertAll) : insertAll());
    return added;
  });
}

/** Removes a shop without a trace and returns the number of rows; throws, and removes nothing, where other rows refer to it. */
export async function unloadShop(sequelize: Sequelize, tables: readonly SeedTable[]): Promise<number> {
  return inSeedSession(sequelize, (session) => removeRows(session, tables));
}
