import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../config/project';

/* On a busy machine a first start, with its migrations, takes more than a minute. */
const START_MS = 240_000;
const BUILT = join(PROJECT_FOLDER, 'dist', 'server.js');

/** The API as a process of its own that can be killed and started again, always on the same port. */
export class ShopProcess {
  #child: ChildProcess | undefined;

  private constructor(
    readonly url: string,
    readonly port: number,
    readonly settings: NodeJS.ProcessEnv,
    readonly logFile: string,
  ) {}

  /** Starts a process with these settings, and resolves when it answers. */
  static async start(settings: NodeJS.ProcessEnv, logFile: string): Promise<ShopProcess> {
    const port = await freePort();
    const shop = new ShopProcess(`http://127.0.0.1:${port}`, port, settings, logFile);
    await shop.startAgain();
    return shop;
  }

  /** The id of the running process. */
  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Starts it after it ended, and resolves when it is ready; throws, with the end of its log, where it ends or takes four minutes. */
  async startAgain(): Promise<void> {
    const log = openSync(this.logFile, 'a');
    const flags = execFileSync(process.execPath, [join(PROJECT_FOLDER, 'scripts', 'v8-flags.cjs')], { encoding: 'utf8' });
    const child = spawn(process.execPath, ['--enable-source-maps', ...flags.split(' ').filter(Boolean), BUILT], {
      env: { PATH: process.env.PATH, PORT: String(this.port), ...this.settings },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.#child = child;
    const end = performance.now() + START_MS;
    while (!(await fetch(`${this.url}/health/ready`).catch(() => null))?.ok) {
      if (child.exitCode !== null || performance.now() > end) {
        child.kill('SIGTERM');
        throw new Error(`The API did not start:\n${this.#endOfLog()}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Sends a signal to the process, and resolves with the milliseconds until it ended. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number> {
    const startedAt = performance.now();
    if (this.#child && this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = once(this.#child, 'exit');
      this.#child.kill(signal);
      await ended;
    }
    return performance.now() - startedAt;
  }

  #endOfLog(): string {
    return readFileSync(this.logFile, 'utf8').slice(-2_000);
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}
