import type { Model, ModelStatic } from 'sequelize';
import type { Env } from '../../config/env';
import { ensureAdministrator, type FirstAdministrator, hasBuiltInRoles, User } from '../accounts';
import { makeAuditPartitions } from '../audit/audit-partitions.queries';
import { Category, Product } from '../catalogue';
import type { SystemResources } from '../context/system-context';
import { migrate } from '../migrator/migrate';
import { type Seeder, seed } from '../migrator/seed';

const BUILT_IN_ROLES: Seeder = { file: '20250101000000-load-reference-data.ts', progress: 'Loading the built-in roles' };
const DEMO_SHOP: Seeder = { file: '20250101000100-load-northwind.ts', progress: 'Loading the demo shop (Northwind)' };

/**
 * Runs what the database lacks before the app can use it: migrations, audit partitions, built-in roles, the demo shop (in an empty
 * database, unless DEMO_DATA is false), and the first administrator, whom it returns. Several processes may run it at once.
 */
export async function prepareDatabase(resources: SystemResources, print: (line: string) => void): Promise<FirstAdministrator | null> {
  const { env, sequelize } = resources;
  await migrate(env.DATABASE_URL, print);
  await makeAuditPartitions(sequelize);
  await seed(env.DATABASE_URL, () => missingSeeders(env), print);
  return ensureAdministrator(resources, { email: env.ADMIN_EMAIL, password: env.ADMIN_PASSWORD || undefined });
}

async function missingSeeders({ DEMO_DATA }: Env): Promise<readonly Seeder[]> {
  const needed: Seeder[] = [];
  if (!(await hasBuiltInRoles())) needed.push(BUILT_IN_ROLES);
  if (DEMO_DATA && (await isEmpty())) needed.push(DEMO_SHOP);
  return needed;
}

async function isEmpty(): Promise<boolean> {
  const models: readonly ModelStatic<Model>[] = [User, Product, Category];
  for (const model of models) {
    if (await model.findOne({ attributes: ['id'], paranoid: false, raw: true })) return false;
  }
  return true;
}
