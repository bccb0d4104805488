import type { Sequelize } from 'sequelize';
import { loadShop, unloadShop } from '../support/load-shop';
import { dummyjsonTables } from './dummyjson-tables';

/** Loads the second shop, 194 products with their categories, tags and images; null when it was there already. */
export async function loadDummyjson(sequelize: Sequelize): Promise<Record<string, number> | null> {
  return loadShop(sequelize, dummyjsonTables());
}

/** Removes the second shop; throws, and removes nothing, where rows of others refer to it. */
export async function unloadDummyjson(sequelize: Sequelize): Promise<number> {
  return unloadShop(sequelize, dummyjsonTables());
}
