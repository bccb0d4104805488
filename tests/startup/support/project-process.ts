import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../../config/project';
import { SERVER } from '../../support/run-node';

/** How a process ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process of the project (the server, unless other arguments are given), with only these settings and PATH. */
export class ProjectProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  #output = '';

  constructor(settings: NodeJS.ProcessEnv, args: readonly string[] = SERVER) {
    const env = { PATH: process.env.PATH, PORT: '0', LOG_LEVEL: 'warn', DEMO_DATA: 'false', ...settings };
    this.child = spawn(process.execPath, args, { cwd: PROJECT_FOLDER, env });
    for (const stream of [this.child.stdout, this.child.stderr]) stream?.on('data', (part: Buffer) => (this.#output += part.toString()));
    this.ended = once(this.child, 'close').then(([code, signal]) => ({ code, signal }) as Ended);
  }

  get output(): string {
    return this.#output;
  }

  /** Returns once the output has the text, and throws the output where the process ends first. */
  async until(text: string | RegExp): Promise<void> {
    let hasEnded = false;
    void this.ended.then(() => {
      hasEnded = true;
    });
    const isThere = () => (typeof text === 'string' ? this.output.includes(text) : text.test(this.output));
    while (!isThere()) {
      if (hasEnded) throw new Error(`The process ended before "${text}":\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Returns the address of the open shop. */
  async address(): Promise<string> {
    await this.until('Try it:');
    return /API +(\S+)\/v1/.exec(this.output)?.[1] ?? '';
  }

  /** Sends a signal, and returns how the process ended. */
  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> {
    this.child.kill(signal);
    return this.ended;
  }
}

/** Starts `npm run db:<command>`. */
export function databaseCommand(settings: NodeJS.ProcessEnv, ...args: string[]): ProjectProcess {
  return new ProjectProcess(settings, ['--require', 'tsx/cjs', 'src/startup/commands/database-command.ts', ...args]);
}

/** Starts `npx sequelize-cli`, as a person does by hand. */
export function sequelizeByHand(settings: NodeJS.ProcessEnv, ...args: string[]): ProjectProcess {
  return new ProjectProcess(settings, [join(PROJECT_FOLDER, 'node_modules', 'sequelize-cli', 'lib', 'sequelize'), ...args]);
}

/** Removes a DATA_DIR, and the home of its cluster where that is another folder. */
export function removeDataDir(dataDir: string): void {
  const record = join(dataDir, 'embedded-postgres.json');
  if (existsSync(record)) {
    const { home = '' } = JSON.parse(readFileSync(record, 'utf8')) as { home?: string };
    if (home) rmSync(home, { recursive: true, force: true });
  }
  rmSync(dataDir, { recursive: true, force: true });
}
