import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../config/project';

const PASSWORD = 'the password of a shop for one run';

type Json = Record<string, unknown>;
export type Call = (method: string, path: string, body?: unknown) => Promise<Json>;

/** A running shop, with the token of its administrator. */
export interface Shop {
  readonly url: string;
  readonly token: string;
  readonly call: Call;
  /** Calls as another administrator: nobody credits, pays or refunds themself. */
  readonly colleague: Call;
  stop(): Promise<void>;
}

/** Starts the shop as a process on a free port with a PostgreSQL in `dataDir`, and logs the administrator in. */
export async function startShop(dataDir: string, signal: AbortSignal): Promise<Shop> {
  mkdirSync(dataDir);
  const limits = { RATE_LIMIT: 'off', MAX_UNPAID_ORDERS_PER_ACCOUNT: 'off', MAX_UNPAID_UNITS_PER_ACCOUNT: 'off' };
  const settings = { PORT: '0', DATA_DIR: dataDir, DEMO_DATA: 'false', LOG_LEVEL: 'error', ADMIN_PASSWORD: PASSWORD, ...limits };
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
    const logIn = async (email: string) =>
      String((await caller(url, signal)('POST', '/v1/auth/login', { email, password: PASSWORD })).accessToken);
    const token = await logIn('admin@storekeeper.example');
    const call = caller(url, signal, token);
    return { url, token, call, colleague: caller(url, signal, await logIn(await makeColleague(call))), stop };
  } catch (error) {
    await stop();
    throw error;
  }
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
