import type { Model, ModelStatic } from 'sequelize';
import type { Env } from '../../config/env';
import { hasBuiltInRoles, User } from '../accounts';
import { makeAuditPartitions } from '../audit/audit-partitions.queries';
import { applySearchLanguage, Category, Product } from '../catalogue';
import type { SystemResources } from '../context/system-context';
import { applicationRole } from '../database/connection/database-access';
import { withClient } from '../database/connection/open-client';
import { continueFeed } from '../events/feed/continue-feed.queries';
import { prepareQueues } from '../jobs';
import type { LockWait } from '../migrator/lock/migration-lock';
import { migrate } from '../migrator/migrate';
import { admitApplication } from '../migrator/roles/admit-application';
import { requireRole } from '../migrator/roles/require-role';
import { type Seeder, seed } from '../migrator/seed';
import { queues } from '../queues';
import { roleNotice } from './greeting';
import { type PreparedAdministrator, prepareAdministrator } from './prepare-administrator';

const BUILT_IN_ROLES: Seeder = { file: '20250101000000-load-reference-data.ts', progress: 'Loading the built-in roles' };
const DEMO_SHOP: Seeder = { file: '20250101000100-load-northwind.ts', progress: 'Loading the demo shop (Northwind)' };

const RESTORED =
  'The database was restored from another one: the feed of events continues after its last event. Consumers that had read further than the backup are refused with invalid_cursor (docs/adr/0022).';

/**
 * Runs what the database lacks before the app can use it: migrations, queues, audit partitions, the privileges of the application's role,
 * the language of product search, built-in roles, the demo shop (in an empty database, unless DEMO_DATA is false), and the first administrator, whom it returns. Several
 * processes may run it at once. Throws the signal's reason where that is aborted meanwhile.
 */
export async function prepareDatabase(
  resources: SystemResources,
  log: (line: string) => void,
  signal?: AbortSignal,
): Promise<PreparedAdministrator | null> {
  const { env, sequelize } = resources;
  const ownerUrl = env.MIGRATION_DATABASE_URL;
  const wait: LockWait = { log, waitMs: env.MIGRATION_WAIT_MS, ...(signal && { signal }) };
  await migrate(ownerUrl, wait);
  signal?.throwIfAborted();
  await prepareQueues(ownerUrl, queues, wait);
  signal?.throwIfAborted();
  await withClient(ownerUrl, async (owner) => {
    await makeAuditPartitions(owner);
    if (await continueFeed(owner)) log(RESTORED);
    await admitApplication(owner, env, wait);
    await applySearchLanguage(owner, env.SEARCH_LANGUAGE, log);
  });
  await requireRole(sequelize, applicationRole(env));
  if (env.DATABASE_ROLE) log(roleNotice(env.DATABASE_ROLE));
  await seed(ownerUrl, () => missingSeeders(env), wait);
  signal?.throwIfAborted();
  return prepareAdministrator(resources);
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
