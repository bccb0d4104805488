import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../config/project';
import { savedRecord } from '../../src/embedded-postgres/cluster/cluster-record';
import { ownerUrlOf } from '../../src/embedded-postgres/cluster/provision';
import type { Person } from '../factories/people';

const PASSWORD = 'the password of a shop for one run';

type Json = Record<string, unknown>;
type Call = (method: string, path: string, body?: unknown) => Promise<Json>;

/** A running shop, with two administrators: nobody credits, pays or refunds themself. */
export interface Shop {
  readonly url: string;
  /** Returns the URL of its database as the owner. */
  databaseUrl(): string;
  readonly people: Readonly<Record<'admin' | 'colleague', Person>>;
  stop(): Promise<void>;
}

/** Starts the shop as a process on a free port with a PostgreSQL in `dataDir`, and logs the administrator in. */
export async function startShop(dataDir: string, signal: AbortSignal): Promise<Shop> {
  mkdirSync(dataDir);
  const limits = { RATE_LIMIT: 'off', MAX_UNPAID_ORDERS_PER_ACCOUNT: 'off', MAX_UNPAID_UNITS_PER_ACCOUNT: 'off' };
  const settings = {
    PORT: '0',
    DATA_DIR: dataDir,
    DEMO_DATA: 'false',
    JOBS: 'off',
    LOG_LEVEL: 'error',
    ADMIN_PASSWORD: PASSWORD,
    ...limits,
  };
  const child = spawn(process.execPath, ['--require', require.resolve('tsx/cjs'), join(PROJECT_FOLDER, 'src', 'server.ts')], {
    // A run takes longer than a default token lasts. No setting of the caller's environment applies.
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ACCESS_TOKEN_TTL_S: '3600', ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
    // Not the folder with the caller's .env.
    cwd: dataDir,
    // Only the runner gets an interrupt of the terminal; it stops the shop.
    detached: true,
  });
  const stop = async () => {
    if (child.exitCode !== null || !child.kill('SIGTERM')) return;
    await once(child, 'exit');
  };
  try {
    const url = await addressOf(child.stdout);
    const admin = await logIn(url, signal, 'admin@storekeeper.example');
    const colleague = await logIn(url, signal, await makeColleague(caller(url, signal, admin.token)));
    // The administrator pays the generated orders from this balance.
    const credit = { amount: '1000000.00', kind: 'credit' };
    await caller(url, signal, colleague.token)('POST', `/v1/users/${admin.id}/balance/entries`, credit);
    return { url, databaseUrl: () => ownerUrlIn(dataDir), people: { admin, colleague }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function logIn(url: string, signal: AbortSignal, email: string): Promise<Person> {
  const { accessToken, refreshToken } = await caller(url, signal)('POST', '/v1/auth/login', { email, password: PASSWORD });
  const token = String(accessToken);
  const { id } = await caller(url, signal, token)('GET', '/v1/me');
  return { id: String(id), email, token, refreshToken: String(refreshToken) };
}

function ownerUrlIn(dataDir: string): string {
  const record = savedRecord(dataDir);
  if (!record) throw new Error(`${dataDir} has no database.`);
  return ownerUrlOf(record);
}

async function makeColleague(call: Call): Promise<string> {
  const email = 'colleague@storekeeper.example';
  const { id } = await call('POST', '/v1/users', {
    email,
    username: 'colleague',
    password: PASSWORD,
    firstName: 'Other',
    lastName: 'Admin',
  });
  await call('POST', `/v1/users/${id}/roles`, { role: 'admin' });
  return email;
}

async function addressOf(output: AsyncIterable<Buffer> & NodeJS.ReadableStream): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    output.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const address = /(http\S+)\/v1\s/.exec(text)?.[1];
      if (address) resolve(address);
    });
    output.once('end', () => reject(new Error(`The shop ended as it started:\n${text}`)));
  });
}

function caller(url: string, signal: AbortSignal, token?: string): Call {
  return async (method, path, body) => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
    const answer = await fetch(url + path, { method, headers, signal, ...(body !== undefined && { body: JSON.stringify(body) }) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} → ${answer.status}\n${text}`);
    return text === '' ? {} : (JSON.parse(text) as Json);
  };
}
