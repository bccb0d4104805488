import { Sequelize } from 'sequelize';
import { createTestDatabase } from '../../support/database';

/** A pool on a database of the test's own, which has the built-in roles only. */
export interface OpenShop {
  readonly sequelize: Sequelize;
  close(): Promise<void>;
}

export async function openShop(): Promise<OpenShop> {
  const database = await createTestDatabase();
  const sequelize = new Sequelize(database.url, { dialect: 'postgres', logging: false });
  const close = async (): Promise<void> => {
    await sequelize.close();
    await database.drop();
  };
  return { sequelize, close };
}
