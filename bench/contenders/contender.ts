import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { PROJECT_FOLDER } from '../../config/project';

/** The contenders, by their letter in the table. */
export const CONTENDERS = {
  a: { title: 'node:http + pg', file: 'http-pg.ts' },
  'a+': { title: 'the limit: PostgreSQL writes the JSON', file: 'limit-pg.ts' },
  b: { title: 'Express 5 + pg', file: 'express-pg.ts' },
  c: { title: 'Express 5 + Sequelize 6', file: 'express-sequelize.ts' },
  s: { title: 'Storekeeper, everything on', file: null },
} as const;

/** The bundle that `npm run build` writes. */
const BUILT = join(PROJECT_FOLDER, 'dist', 'server.js');

export type Letter = keyof typeof CONTENDERS;

export interface Usage {
  readonly cpuMicroseconds: number;
  readonly residentBytes: number;
}

/** A running server under test. */
export interface Contender {
  readonly letter: Letter;
  readonly url: string;
  readonly firstAnswerMs: number;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

/** Starts a contender as a process of its own; resolves after its first 200. */
export async function startContender(letter: Letter, env: NodeJS.ProcessEnv, logFile: string): Promise<Contender> {
  const port = await freePort();
  const shipped = letter === 's' ? asShipped() : { env: {}, flags: [] };
  const startedAt = performance.now();
  const output = openSync(logFile, 'w');
  const child = fork(letter === 's' ? BUILT : bundled(letter), {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', PORT: String(port), ...env, ...shipped.env },
    execArgv: [...shipped.flags, '--require', join(__dirname, 'usage.cjs')],
    stdio: ['ignore', output, output, 'ipc'],
  });
  const url = `http://127.0.0.1:${port}`;
  await firstAnswer(child, letter === 's' ? `${url}/v1/products?limit=1` : `${url}/products`, logFile);
  return {
    letter,
    url,
    firstAnswerMs: performance.now() - startedAt,
    usage: async () => {
      child.send('usage');
      const [usage] = (await once(child, 'message')) as [Usage];
      return usage;
    },
    stop: async () => {
      if (child.exitCode !== null || !child.kill('SIGTERM')) return;
      await once(child, 'exit');
    },
  };
}

/* The others are bundled, too, so that no process contains a compiler. */
function bundled(letter: Exclude<Letter, 's'>): string {
  const outfile = join(PROJECT_FOLDER, 'dist', 'bench', `${letter}.js`);
  const entryPoints = [join(__dirname, CONTENDERS[letter].file)];
  buildSync({ entryPoints, outfile, bundle: true, packages: 'external', platform: 'node', target: 'node20' });
  return outfile;
}

/* Storekeeper has the V8 flags and the allocator setting of `npm start`. */
function asShipped(): { env: NodeJS.ProcessEnv; flags: string[] } {
  const v8Flags = execFileSync(process.execPath, [join(PROJECT_FOLDER, 'scripts', 'v8-flags.cjs')], { encoding: 'utf8' });
  return { env: { MALLOC_ARENA_MAX: '1' }, flags: ['--enable-source-maps', ...v8Flags.split(' ').filter(Boolean)] };
}

async function firstAnswer(child: ChildProcess, url: string, logFile: string): Promise<void> {
  for (const end = performance.now() + 60_000; performance.now() < end; await new Promise((resolve) => setTimeout(resolve, 20))) {
    if (child.exitCode !== null) throw new Error(`A contender ended as it started:\n${readFileSync(logFile, 'utf8').slice(-2_000)}`);
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
  }
  throw new Error(`A contender gave no answer within a minute:\n${readFileSync(logFile, 'utf8').slice(-2_000)}`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}
