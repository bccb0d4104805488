import { type Env, loadEnv, loadEnvFile } from '../../config/env';
import { explainError } from '../logging/explain-error';
import { surviveClosedOutput } from '../process/closed-output';
import { onStopSignal, type StopSignal } from '../process/stop-signals';
import { Shutdown } from './shutdown';

/** A process that starts, and runs until a signal or a fault stops it. */
export interface RunningProcess {
  /** The settings as they are given. */
  readonly given: Env;
  readonly shutdown: Shutdown;
  readonly state: { draining: boolean; isOpen: boolean };
  print(line: string): void;
  /** Says why the process cannot go on, and stops it. */
  fail(error: unknown): void;
}

/**
 * Runs a process of the shop: stops in an orderly way at SIGTERM, SIGINT and SIGHUP, within SHUTDOWN_TIMEOUT_MS, and with the error in words
 * where the start fails.
 */
export function runProcess(name: string, inFlight: 'requests' | 'jobs', start: (running: RunningProcess) => Promise<void>): void {
  const state = { draining: false, isOpen: false };
  const shutdown = new Shutdown();
  surviveClosedOutput();
  onStopSignal(stop);
  const starting = begin();
  // When a signal interrupts the start, stop() ends the process.
  starting.catch((error: unknown) => state.draining || fail(error));

  async function begin(): Promise<void> {
    loadEnvFile();
    const given = loadEnv();
    shutdown.limitMs = given.SHUTDOWN_TIMEOUT_MS;
    await start({ given, shutdown, state, print, fail });
  }

  function stop(signal: StopSignal): void {
    if (state.draining) return;
    state.draining = true;
    print(state.isOpen ? `${signal}: finishing the ${inFlight} in flight` : `${signal}: interrupting the start`);
    shutdown.run(new Error(`${signal} interrupted the start.`), starting).then((isInTime) => {
      print(isInTime ? 'Stopped' : `Ended after SHUTDOWN_TIMEOUT_MS (${shutdown.limitMs} ms), before everything was closed`);
      process.exit(isInTime ? 0 : 1);
    }, endByError);
  }

  /* The start failed, or the embedded database has ended and cannot be restarted. */
  function fail(error: unknown): void {
    process.stderr.write(`\n${name} ${state.isOpen ? 'must stop' : 'did not start'}:\n${explainError(error)}\n`);
    if (state.draining) return;
    state.draining = true;
    shutdown.run(new Error('The start failed.'), Promise.resolve()).then(() => process.exit(1), endByError);
  }
}

function endByError(error: unknown): void {
  process.stderr.write(`${explainError(error)}\n`);
  process.exit(1);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
