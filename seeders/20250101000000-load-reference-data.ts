import type { QueryInterface } from 'sequelize';
import { loadReferenceData, unloadReferenceData } from './reference/load-reference-data';

export const up = async ({ sequelize }: QueryInterface): Promise<void> => {
  await loadReferenceData(sequelize);
};

export const down = async ({ sequelize }: QueryInterface): Promise<void> => {
  await unloadReferenceData(sequelize);
};
