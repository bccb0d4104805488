import { QueryTypes, type Sequelize } from 'sequelize';
import type { Env } from '../../config/env';
import { loadNorthwind } from '../../seeders/northwind/load-northwind';
import { loadReferenceData } from '../../seeders/reference/load-reference-data';
import { ensureAdministrator, type FirstAdministrator } from '../accounts';
import { migrate } from '../migrator/migrate';

/** The audit log's partitions are made so many months ahead; a later start makes the next ones. */
const AUDIT_MONTHS_AHEAD = 3;

/**
 * Brings the database to where the app can work on it: all migrations, the built-in roles, the demo shop in an empty database (unless
 * DEMO_DATA is false), and an administrator where there is none, whom it tells of. Safe to run at the same time in several processes.
 */
export async function prepareDatabase(env: Env, sequelize: Sequelize, log: (line: string) => void): Promise<FirstAdministrator | null> {
  await migrate(env.DATABASE_URL, log);
  await sequelize.query(`SELECT make_audit_partitions(${AUDIT_MONTHS_AHEAD})`, { type: QueryTypes.SELECT, raw: true });
  await loadReferenceData(sequelize);
  if (env.DEMO_DATA && (await isEmpty(sequelize))) {
    log('Loading the demo shop (Northwind)');
    await loadNorthwind(sequelize);
  }
  return ensureAdministrator(sequelize, { email: env.ADMIN_EMAIL, password: env.ADMIN_PASSWORD || undefined });
}

async function isEmpty(sequelize: Sequelize): Promise<boolean> {
  const rows = await sequelize.query<{ empty: boolean }>(
    `SELECT NOT EXISTS (SELECT FROM users) AND NOT EXISTS (SELECT FROM products) AND NOT EXISTS (SELECT FROM categories) AS empty`,
    { type: QueryTypes.SELECT, raw: true },
  );
  return rows[0]?.empty === true;
}
