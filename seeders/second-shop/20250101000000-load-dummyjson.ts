import type { QueryInterface } from 'sequelize';
import { loadDummyjson, unloadDummyjson } from '../dummyjson/load-dummyjson';

export const up = async ({ sequelize }: QueryInterface): Promise<void> => {
  await loadDummyjson(sequelize);
};

export const down = async ({ sequelize }: QueryInterface): Promise<void> => {
  await unloadDummyjson(sequelize);
};
