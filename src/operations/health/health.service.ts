import { VERSION } from '../../../config/project';
import type { Ctx } from '../../context/context';
import { unavailable } from '../../problems/common-problems';
import {
  type DatabaseHealth,
  isWritable,
  type MigrationState,
  measureDatabase,
  type PoolUsage,
  poolUsage,
  readMigrationState,
} from './health.queries';

/** The state of the process and its database. */
export interface Health {
  readonly status: 'ok';
  readonly version: string;
  readonly uptimeSeconds: number;
  readonly database: DatabaseHealth;
  readonly pool: PoolUsage;
  readonly migrations: MigrationState;
}

/** Returns the state of the process and its database; throws `unavailable` (503) without a database. */
export async function readHealth(ctx: Ctx): Promise<Health> {
  return {
    status: 'ok',
    version: VERSION,
    uptimeSeconds: Math.floor(process.uptime()),
    database: await measureDatabase(ctx),
    pool: poolUsage(ctx),
    migrations: await readMigrationState(ctx),
  };
}

/** Throws `unavailable` (503) while the process drains, a migration is pending or the database refuses writes. */
export async function requireReady(ctx: Ctx, state: { readonly draining: boolean }): Promise<void> {
  if (state.draining) throw notReady('The process is shutting down.');
  const { pending } = await readMigrationState(ctx);
  if (pending.length > 0) throw notReady('Migrations are pending: run "npm run db:migrate".');
  if (!(await isWritable(ctx))) throw notReady('The database is read-only.');
}

function notReady(detail: string) {
  return unavailable.because(detail, { headers: { 'Retry-After': '5' } });
}
