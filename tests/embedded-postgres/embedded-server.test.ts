import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { cacheSettings } from '../../src/embedded-postgres/process/server-settings';
import { end, postmasterPid, type ServerProcess, startServerProcess } from './support/server-process';

let dataDir: string;
let running: ServerProcess[];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'storekeeper-'));
  running = [];
});

afterEach(async () => {
  for (const { child } of running) if (child.exitCode === null && child.signalCode === null) await end(child, 'SIGTERM');
  const home = readHome();
  rmSync(dataDir, { recursive: true, force: true });
  if (home) rmSync(home, { recursive: true, force: true });
});

jest.setTimeout(60_000);

test('keeps its data and port from one start to the next, as a role that is no superuser', async () => {
  const first = await started();
  await query(first.url, 'CREATE EXTENSION pg_trgm; CREATE TABLE kept (n integer); INSERT INTO kept VALUES (7)');
  expect(await query(first.url, `SELECT rolsuper FROM pg_roles WHERE rolname = current_user`)).toEqual([{ rolsuper: false }]);
  expect(await end(first.child, 'SIGTERM', 'SIGTERM')).toEqual({ code: 0, signal: null });
  expect(existsSync(join(readHome() ?? '', 'postgres', 'postmaster.pid'))).toBe(false);

  const second = await started();
  expect(second.url).toBe(first.url);
  expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
});

test('sizes its cache to the memory of the machine', async () => {
  const settings = (gib: number) => Object.values(cacheSettings(gib * 2 ** 30));
  expect(settings(0.5)).toEqual(['128MB', '512MB']);
  expect(settings(4)).toEqual(['512MB', '2048MB']);
  expect(settings(256)).toEqual(['2048MB', '8192MB']);
  const { url } = await started();
  const fits = `SELECT pg_size_bytes(current_setting('shared_buffers')) = pg_size_bytes('${cacheSettings().shared_buffers}') AS fits`;
  expect(await query(url, fits)).toEqual([{ fits: true }]);
});

test('removes its data, also outside DATA_DIR', () => {
  const remover = join(__dirname, 'support', 'remove-server.ts');
  const { home } = JSON.parse(execFileSync(process.execPath, ['--require', 'tsx/cjs', remover, dataDir], { encoding: 'utf8' })) as {
    home: string;
  };
  expect(home).not.toBe('');
  expect([home, dataDir].filter((folder) => existsSync(folder))).toEqual([]);
});

test('listens on loopback only, stores its passwords for their owner, and uses UTF-8 with the built-in locale', async () => {
  const { url } = await started();
  expect(await query(url, `SHOW listen_addresses`)).toEqual([{ listen_addresses: '127.0.0.1' }]);
  expect(
    await query(
      url,
      `SELECT pg_encoding_to_char(encoding) AS encoding, datlocprovider AS provider, datlocale AS locale FROM pg_database WHERE datname = current_database()`,
    ),
  ).toEqual([{ encoding: 'UTF8', provider: 'b', locale: 'C.UTF-8' }]);
  expect(statSync(join(dataDir, 'embedded-postgres.json')).mode & 0o777).toBe(0o600);
  await expect(query(url.replace(/:[^:@]+@/, ':wrong@'), 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
});

test('refuses a second start on the same folder with the process id of the first, which goes on', async () => {
  const first = await started();
  await expect(startServerProcess(dataDir)).rejects.toThrow(`is in use: process ${first.child.pid}`);
  expect(await query(first.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('starts after a kill -9 of its process, also one of an earlier version without a login for the API, with everything that was committed', async () => {
  const first = await started();
  await query(first.url, 'CREATE TABLE kept AS SELECT 7 AS n');
  const { applicationPassword, ...earlier } = readRecord();
  const superuserUrl = `postgres://postgres:${earlier.superuserPassword}@127.0.0.1:${earlier.port}/postgres`;
  await query(superuserUrl, 'DROP ROLE storekeeper_app');
  writeFileSync(join(dataDir, 'embedded-postgres.json'), JSON.stringify(earlier));
  const left = postmasterPid(readHome() ?? '');
  await end(first.child, 'SIGKILL');

  const second = await started();
  expect(second.output()).toContain('A killed process left PostgreSQL running');
  expect(postmasterPid(readHome() ?? '')).not.toBe(left);
  expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  const { applicationPassword: given, ...kept } = readRecord();
  expect(kept).toEqual(earlier);
  expect(given).not.toBe(applicationPassword);
  const applicationUrl = second.url.replace(/storekeeper:[^@]+@/, `storekeeper_app:${given}@`);
  expect(await query(applicationUrl, 'SELECT current_user AS name')).toEqual([{ name: 'storekeeper_app' }]);
});

test('restarts PostgreSQL after a kill -9, on the same port', async () => {
  const { url, output } = await started();
  await query(url, 'CREATE TABLE kept AS SELECT 7 AS n');
  process.kill(postmasterPid(readHome() ?? ''), 'SIGKILL');
  while (!output().includes('PostgreSQL is running again')) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await query(url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
});

test('removes a stale postmaster.pid, and leaves the process that has its number now alone', async () => {
  const first = await started();
  await end(first.child, 'SIGTERM');
  const cluster = join(readHome() ?? '', 'postgres');
  writeFileSync(join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n0\n1\n\n127.0.0.1\n0 0\nready\n`);
  expect(await query((await started()).url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

async function started(): Promise<ServerProcess> {
  const server = await startServerProcess(dataDir);
  running.push(server);
  return server;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<object>(sql);
    return rows;
  } finally {
    await client.end();
  }
}

function readRecord(): Record<string, string> {
  return JSON.parse(readFileSync(join(dataDir, 'embedded-postgres.json'), 'utf8')) as Record<string, string>;
}

/** Returns the home of the cluster, which is outside DATA_DIR where root runs the test: mkdtemp closes its folders to other users. */
function readHome(): string | undefined {
  const file = join(dataDir, 'embedded-postgres.json');
  if (!existsSync(file)) return undefined;
  const { home } = JSON.parse(readFileSync(file, 'utf8')) as { home: string };
  return home;
}
