import type { Sequelize } from 'sequelize';
import { loadShop, unloadShop } from '../support/load-shop';
import { northwindTables } from './northwind-tables';

/**
 * Loads the demo shop, which needs the built-in roles: 8 categories, 77 products, 91 customers, 9 employees, 830 orders with
 * 2,155 items, and the stock ledger. Returns the number of rows added per table; null where the shop exists.
 */
export async function loadNorthwind(sequelize: Sequelize): Promise<Record<string, number> | null> {
  return loadShop(sequelize, northwindTables());
}

/** Removes the demo shop; throws, and removes nothing, where other rows refer to it. */
export async function unloadNorthwind(sequelize: Sequelize): Promise<number> {
  return unloadShop(sequelize, northwindTables());
}
