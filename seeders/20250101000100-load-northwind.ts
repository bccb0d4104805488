import type { QueryInterface } from 'sequelize';
import { loadNorthwind, unloadNorthwind } from './northwind/load-northwind';

export const up = async ({ sequelize }: QueryInterface): Promise<void> => {
  await loadNorthwind(sequelize);
};

export const down = async ({ sequelize }: QueryInterface): Promise<void> => {
  await unloadNorthwind(sequelize);
};
