import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../config/project';

/** Starts the server, from the bundle that `npm start` runs; the run has built it. */
export const SERVER: readonly string[] = ['--enable-source-maps', join('dist', 'server.js')];

export interface NodeRun {
  readonly code: number | null;
  readonly output: string;
}

/** Runs Node in the project folder with only these settings and PATH, and returns its exit code and output. */
export function runNode(args: readonly string[], settings: NodeJS.ProcessEnv): Promise<NodeRun> {
  const child = spawn(process.execPath, args, { cwd: PROJECT_FOLDER, env: { PATH: process.env.PATH, ...settings } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (output += part.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}
