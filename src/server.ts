import { buildApp } from './app';
import { flushViews } from './catalogue';
import { closePool, connect } from './database/connection/connection';
import { drain } from './http/server/drain';
import { addressOf, listen, requireFreeAddress } from './http/server/listen';
import { createLogger } from './logging/logger';
import { administratorNotice, greeting } from './startup/greeting';
import { prepareDatabase } from './startup/prepare-database';
import { type RunningProcess, runProcess } from './startup/run-process';
import { openSettings } from './startup/settings/open-settings';
import { startWorkers } from './startup/start-workers';

runProcess('Storekeeper', 'requests', startShop);

/* Settings, database, app, listen, jobs. Stopped in the opposite order: readiness fails first, and the requests in flight finish. */
async function startShop({ given, shutdown, state, print, fail }: RunningProcess): Promise<void> {
  await requireFreeAddress(given);
  const { env, stopDatabase } = await openSettings(given, { log: print, onLost: fail, signal: shutdown.signal });
  shutdown.add(stopDatabase);
  const logger = createLogger(env);
  const sequelize = connect(env);
  shutdown.add((withinMs) => closePool(sequelize, withinMs));
  shutdown.add(() => flushViews(sequelize));
  // The app is built first, because it registers the models that prepareDatabase uses.
  const app = buildApp({ env, sequelize, logger, state });
  const administrator = await prepareDatabase({ env, log: logger, sequelize }, print, shutdown.signal);
  if (administrator) print(administratorNotice(administrator));
  shutdown.signal.throwIfAborted();
  const server = await listen(app, env, logger);
  state.isOpen = true;
  if (env.JOBS === 'on') {
    const worker = startWorkers({ env, log: logger, sequelize });
    shutdown.add((withinMs) => worker.stop(withinMs));
  }
  shutdown.add(async (withinMs) => {
    if (!(await drain(server, withinMs))) print(`Requests that took longer than ${Math.round(withinMs)} ms were aborted`);
  });
  print(greeting(addressOf(server), process.uptime().toFixed(1)));
}
