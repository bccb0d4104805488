import { loadEnv, loadEnvFile } from '../config/env';
import { buildApp } from './app';
import { closePool, connect } from './database/connection';
import { drain } from './http/server/drain';
import { addressOf, listen, requireFreeAddress } from './http/server/listen';
import { startWorker } from './jobs';
import { explainError } from './logging/explain-error';
import { createLogger } from './logging/logger';
import { surviveClosedOutput } from './process/closed-output';
import { onStopSignal, type StopSignal } from './process/stop-signals';
import { queues } from './queues';
import { administratorNotice, greeting } from './startup/greeting';
import { openSettings } from './startup/open-settings';
import { prepareDatabase } from './startup/prepare-database';
import { Shutdown } from './startup/shutdown';

const state = { draining: false, isOpen: false };
const shutdown = new Shutdown();

surviveClosedOutput();
onStopSignal(stop);
const starting = start();
// When a signal interrupts the start, stop() ends the process.
starting.catch((error: unknown) => state.draining || fail(error));

/* Settings, database, app, listen. */
async function start(): Promise<void> {
  loadEnvFile();
  const given = loadEnv();
  shutdown.limitMs = given.SHUTDOWN_TIMEOUT_MS;
  await requireFreeAddress(given);
  const { env, stopDatabase } = await openSettings(given, { log: print, onLost: fail, signal: shutdown.signal });
  shutdown.add(stopDatabase);
  const logger = createLogger(env);
  const sequelize = connect(env);
  shutdown.add((withinMs) => closePool(sequelize, withinMs));
  // The app is built first, because it registers the models that prepareDatabase uses.
  const app = buildApp({ env, sequelize, logger, state });
  const administrator = await prepareDatabase({ env, log: logger, sequelize }, print, shutdown.signal);
  if (administrator) print(administratorNotice(administrator));
  shutdown.signal.throwIfAborted();
  const server = await listen(app, env, logger);
  state.isOpen = true;
  if (env.JOBS === 'on') {
    const worker = startWorker({ env, log: logger, sequelize }, queues);
    shutdown.add((withinMs) => worker.stop(withinMs));
  }
  shutdown.add(async (withinMs) => {
    if (!(await drain(server, withinMs))) print(`Requests that took longer than ${Math.round(withinMs)} ms were aborted`);
  });
  print(greeting(addressOf(server), process.uptime().toFixed(1)));
}

/* Readiness fails first, the requests in flight finish, and then the pool and the embedded server close. */
function stop(signal: StopSignal): void {
  if (state.draining) return;
  state.draining = true;
  print(state.isOpen ? `${signal}: finishing the requests in flight` : `${signal}: interrupting the start`);
  shutdown.run(new Error(`${signal} interrupted the start.`), starting).then((isInTime) => {
    print(isInTime ? 'Stopped' : `Ended after SHUTDOWN_TIMEOUT_MS (${shutdown.limitMs} ms), before everything was closed`);
    process.exit(isInTime ? 0 : 1);
  }, endByError);
}

/* The start failed, or the embedded database has ended and cannot be restarted. */
function fail(error: unknown): void {
  process.stderr.write(`\nStorekeeper ${state.isOpen ? 'must stop' : 'did not start'}:\n${explainError(error)}\n`);
  if (state.draining) return;
  state.draining = true;
  shutdown.run(new Error('The start failed.'), Promise.resolve()).then(() => process.exit(1), endByError);
}

function endByError(error: unknown): void {
  process.stderr.write(`${explainError(error)}\n`);
  process.exit(1);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
