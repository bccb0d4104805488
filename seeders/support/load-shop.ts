import type { Sequelize } from 'sequelize';
import { withoutStockTrigger } from './books';
import { anyPresent, insertRows } from './insert-rows';
import { removeRows } from './remove-rows';
import { inSeedSession } from './seed-session';
import type { SeedTable } from './seed-table';

/**
 * Loads a shop in one transaction, parents first. Where any of its rows is there already it changes nothing, for by then the
 * rows may have been sold, edited or deleted. Answers the number of rows added per table; null when it changed nothing.
 */
export async function loadShop(sequelize: Sequelize, tables: readonly SeedTable[]): Promise<Record<string, number> | null> {
  return inSeedSession(sequelize, async (session) => {
    if (await anyPresent(session, tables)) return null;
    const added: Record<string, number> = {};
    const insertAll = async (): Promise<void> => {
      for (const table of tables) added[table.table] = (await insertRows(session, table, 'refuse')).length;
    };
    const bringsItsLedger = tables.some(({ table }) => table === 'stock_movements');
    await (bringsItsLedger ? withoutStockTrigger(session, insertAll) : insertAll());
    return added;
  });
}

/** Removes a shop as if it had never been loaded; throws, and removes nothing, where rows of others refer to it. */
export async function unloadShop(sequelize: Sequelize, tables: readonly SeedTable[]): Promise<number> {
  return inSeedSession(sequelize, (session) => removeRows(session, tables));
}
