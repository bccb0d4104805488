import type { Server } from 'node:http';
import { loadEnv, loadEnvFile } from '../config/env';
import { buildApp } from './app';
import { connect } from './database/connection';
import { drain } from './http/server/drain';
import { addressOf, listen, requireFreeAddress } from './http/server/listen';
import { explainError } from './logging/explain-error';
import { createLogger } from './logging/logger';
import { administratorNotice, greeting } from './startup/greeting';
import { openSettings } from './startup/open-settings';
import { prepareDatabase } from './startup/prepare-database';

/* What a stop has to close; the start fills it in. */
const open: { server?: Server; closePool?: () => Promise<void>; stopDatabase?: () => Promise<void> } = {};
const state = { draining: false };
let starting: Promise<void> = Promise.resolve();
let shutdownTimeoutMs = 10_000;

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(signal));
starting = start();
// When a signal interrupts the start, stop() ends the process.
starting.catch((error: unknown) => state.draining || fail(error));

/* Settings, database, app, listen. */
async function start(): Promise<void> {
  loadEnvFile();
  const given = loadEnv();
  shutdownTimeoutMs = given.SHUTDOWN_TIMEOUT_MS;
  await requireFreeAddress(given);
  const { env, stopDatabase } = await openSettings(given, print, fail);
  open.stopDatabase = stopDatabase;
  const logger = createLogger(env);
  const sequelize = connect(env);
  open.closePool = () => sequelize.close();
  // The app is built first, because it registers the models that prepareDatabase uses.
  const app = buildApp({ env, sequelize, logger, state });
  const administrator = await prepareDatabase({ env, log: logger, sequelize }, print);
  if (administrator) print(administratorNotice(administrator));
  if (state.draining) return;
  open.server = await listen(app, env);
  print(greeting(addressOf(open.server), process.uptime().toFixed(1)));
}

/* Readiness fails first, the requests in flight finish, and then the pool and the embedded server close. A second signal has no effect. */
function stop(signal: NodeJS.Signals): void {
  if (state.draining) return;
  state.draining = true;
  print(`${signal}: finishing the requests in flight`);
  starting
    .catch(() => undefined)
    .then(close)
    .then(() => print('Stopped'))
    .then(() => process.exit(0), fail);
}

async function close(): Promise<void> {
  if (open.server && !(await drain(open.server, shutdownTimeoutMs)))
    print(`Requests that took longer than ${shutdownTimeoutMs} ms were aborted`);
  await open.closePool?.();
  await open.stopDatabase?.();
}

function fail(error: unknown): void {
  process.stderr.write(`\nStorekeeper ${open.server ? 'must stop' : 'did not start'}:\n${explainError(error)}\n`);
  Promise.resolve(open.stopDatabase?.())
    .catch(() => undefined)
    .finally(() => process.exit(1));
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
