import { VERSION } from '../../../config/project';
import type { Ctx } from '../../context/context';
import { holds } from '../../context/permission';
import { isDiskFull } from '../../database/disk-space';
import { type JobCounts, readJobCounts } from '../../jobs';
import { unavailable } from '../../problems/common-problems';
import { storageOf } from '../../storage/storage-of';
import { type DatabaseState, type MigrationState, type PoolUsage, poolUsage, readDatabaseState } from './health.queries';

/** The state of the process and its database; the members beside `status` are for holders of `health:read`. */
export interface Health {
  readonly status: 'ok';
  readonly version?: string;
  readonly uptimeSeconds?: number;
  readonly database?: Omit<DatabaseState, 'migrations'> & { readonly isDiskFull: boolean };
  readonly pool?: PoolUsage;
  readonly migrations?: MigrationState;
  /** Of uploaded files. A shop without it still sells, so it is no part of readiness. */
  readonly storage?: { readonly isReachable: boolean };
  /** Over all processes. */
  readonly jobs?: JobCounts;
}

/**
 * Returns the state of the process, its database and the jobs, with versions and numbers for holders of `health:read`, as they help an attacker;
 * throws `unavailable` (503) without a database.
 */
export async function readHealth(ctx: Ctx): Promise<Health> {
  const { migrations, ...database } = await readDatabaseState(ctx);
  if (!holds(ctx.actor, 'health:read')) return { status: 'ok' };
  return {
    status: 'ok',
    version: VERSION,
    uptimeSeconds: Math.floor(process.uptime()),
    database: { ...database, isDiskFull: await isDiskFull(ctx.sequelize) },
    pool: poolUsage(ctx),
    migrations,
    storage: { isReachable: await isStorageReachable(ctx) },
    jobs: await readJobCounts(ctx),
  };
}

function isStorageReachable(ctx: Ctx): Promise<boolean> {
  return storageOf(ctx)
    .check()
    .then(
      () => true,
      () => false,
    );
}

/** Throws `unavailable` (503) while the process drains, a migration is pending, the database refuses writes, or its disk is full. */
export async function requireReady(ctx: Ctx, state: { readonly draining: boolean }): Promise<void> {
  if (state.draining) throw notReady('The process is shutting down.');
  const { migrations, isWritable } = await readDatabaseState(ctx);
  if (migrations.pending.length > 0) throw notReady('Migrations are pending: run "npm run db:migrate".');
  if (!isWritable) throw notReady('The database is read-only.');
  if (await isDiskFull(ctx.sequelize)) throw notReady('The disk of the database is full: free some space.');
}

function notReady(detail: string) {
  return unavailable.because(detail, { headers: { 'Retry-After': '5' } });
}
