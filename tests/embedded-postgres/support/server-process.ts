import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../../config/project';

/** A process that runs an embedded server, as `npm start` does. */
export interface ServerProcess {
  child: ChildProcess;
  url: string;
  output(): string;
}

/** Starts a process on the folder, and returns it once its database accepts connections; throws its output where it ends first. */
export function startServerProcess(dataDir: string): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--require', 'tsx/cjs', join(__dirname, 'keep-server.ts'), dataDir], { cwd: PROJECT_FOLDER });
  let output = '';
  return new Promise((resolve, reject) => {
    const take = (part: Buffer) => {
      output += part.toString();
      const url = /^url (.+)$/m.exec(output)?.[1];
      if (url) resolve({ child, url, output: () => output });
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('close', () => reject(new Error(output)));
  });
}

/** Sends the signals to a process, and returns its exit code or signal. */
export function end(child: ChildProcess, ...signals: NodeJS.Signals[]): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
    for (const name of signals) child.kill(name);
  });
}

/** Returns the process id of the PostgreSQL in a home. */
export function postmasterPid(home: string): number {
  return Number(readFileSync(join(home, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
}
