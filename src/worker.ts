import { closePool, connect } from './database/connection/connection';
import { createLogger } from './logging/logger';
import { requireMigrated } from './migrator/pending-migrations';
import { registerModels } from './models';
import { type RunningProcess, runProcess } from './startup/run-process';
import { openSettings } from './startup/settings/open-settings';
import { startWorkers } from './startup/start-workers';

runProcess('The worker', 'jobs', startJobs);

/* A process that runs jobs and serves nobody. */
async function startJobs({ given, shutdown, state, print, fail }: RunningProcess): Promise<void> {
  if (!given.DATABASE_URL)
    throw new Error('The worker needs DATABASE_URL. Without it the shop starts its own PostgreSQL, and runs the jobs in its own process.');
  const { env, stopDatabase } = await openSettings(given, { log: print, onLost: fail, signal: shutdown.signal });
  shutdown.add(stopDatabase);
  await requireMigrated(env.MIGRATION_DATABASE_URL);
  const log = createLogger(env);
  const sequelize = connect(env);
  shutdown.add((withinMs) => closePool(sequelize, withinMs));
  registerModels(sequelize);
  const worker = startWorkers({ env, log, sequelize });
  shutdown.add((withinMs) => worker.stop(withinMs));
  await worker.started;
  shutdown.signal.throwIfAborted();
  state.isOpen = true;
  print(`The worker runs jobs and sends webhooks (${process.uptime().toFixed(1)} s)`);
}
