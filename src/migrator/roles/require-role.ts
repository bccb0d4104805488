import { QueryTypes, type Sequelize } from 'sequelize';

/**
 * Throws where the connections of the API work as another role than the application's. A pooler in between may drop the option with which
 * a session takes its role, and the API would own the tables.
 */
export async function requireRole(sequelize: Sequelize, role: string): Promise<void> {
  const [row] = await sequelize.query<{ role: string }>('SELECT current_user AS role', { type: QueryTypes.SELECT });
  if (row?.role === role) return;
  throw new Error(
    `The API's connections work as the role ${row?.role} instead of ${role}: what stands between drops the option "role" of a connection. ` +
      "Give the API a login of its own (DATABASE_URL), and MIGRATION_DATABASE_URL the owner's.",
  );
}
