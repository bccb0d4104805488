import { execFile, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** One request of a job, in the form of a contender. */
export interface LoadRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What the driver replaces by a new key, of the same length, each time that it sends the request. */
export const KEY_PLACE = 'idempotency-key-00000000000000000000';

/** The parameters of a load. */
export interface LoadOptions {
  readonly url: string;
  readonly requests: readonly LoadRequest[];
  readonly connections: number;
  readonly seconds: number;
}

/** The result of a load; latencies in milliseconds. */
export interface LoadResult {
  readonly requestsPerSecond: number;
  readonly answered: number;
  readonly failed: number;
  readonly p50: number;
  readonly p99: number;
}

export type Driver = 'wrk' | 'autocannon';

/** Returns the driver: wrk if it is installed, because it uses the least CPU, else autocannon. */
export function chooseDriver(wanted: Driver | 'auto'): Driver {
  if (wanted !== 'auto') return wanted;
  try {
    execFileSync('wrk', ['--version'], { stdio: 'ignore' });
  } catch (error) {
    // wrk exits with 1 when it prints its version.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'autocannon';
  }
  return 'wrk';
}

/** Loads a server from another process; each connection sends its next request after a response. */
export async function sendLoad(driver: Driver, file: string, options: LoadOptions): Promise<LoadResult> {
  writeFileSync(file, driver === 'wrk' ? wrkRequests(options) : JSON.stringify(options));
  return driver === 'wrk' ? withWrk(file, options) : withAutocannon(file);
}

async function withAutocannon(file: string): Promise<LoadResult> {
  const child = fork(join(__dirname, 'drive-autocannon.ts'), [file], { execArgv: ['--require', 'tsx/cjs'] });
  const [result] = (await once(child, 'message')) as [LoadResult];
  await once(child, 'exit');
  return result;
}

async function withWrk(file: string, { url, connections, seconds }: LoadOptions): Promise<LoadResult> {
  const { stdout } = await promisify(execFile)('wrk', [
    ...['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s', '-s', join(__dirname, 'drive-wrk.lua'), url],
    ...['--', file],
  ]);
  const line = /^RESULT (.+)$/m.exec(stdout)?.[1];
  if (line === undefined) throw new Error(`wrk gave no result:\n${stdout}`);
  return JSON.parse(line) as LoadResult;
}

/* Whole requests of HTTP/1.1, each after its length in bytes; the script sends them unchanged. */
function wrkRequests({ url, requests }: LoadOptions): string {
  const { host } = new URL(url);
  return requests
    .map(({ method, path, headers, body }) => {
      const all = { Host: host, ...headers, ...(body !== undefined && { 'Content-Length': String(Buffer.byteLength(body)) }) };
      const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
      const text = `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`;
      return `${Buffer.byteLength(text)}\n${text}`;
    })
    .join('');
}
