import { QueryTypes, type Sequelize } from 'sequelize';

/**
 * Lets the feed continue after the last position of a database that was restored from another cluster; returns whether it was. Runs as the
 * owner of the database.
 */
export async function continueFeed(sequelize: Sequelize): Promise<boolean> {
  const rows = await sequelize.query<{ isRestored: boolean }>('SELECT continue_feed() AS "isRestored"', {
    type: QueryTypes.SELECT,
    raw: true,
  });
  return rows[0]?.isRestored === true;
}
