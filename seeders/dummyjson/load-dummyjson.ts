import type { Sequelize } from 'sequelize';
import { loadShop, unloadShop } from '../support/load-shop';
import { dummyjsonTables } from './dummyjson-tables';

/** Loads the second shop, 194 products with categories, tags and images; returns the rows per table, or null where the shop exists. */
export async function loadDummyjson(sequelize: Sequelize): Promise<Record<string, number> | null> {
  return loadShop(sequelize, dummyjsonTables());
}

/** Removes the second shop; throws, and removes nothing, where other rows refer to it. */
export async function unloadDummyjson(sequelize: Sequelize): Promise<number> {
  return unloadShop(sequelize, dummyjsonTables());
}
