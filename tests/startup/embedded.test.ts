import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseCommand, ProjectProcess, removeDataDir } from './support/project-process';

jest.setTimeout(180_000);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'storekeeper-embedded-'));
});
afterEach(() => removeDataDir(folder));

const record = () => JSON.parse(readFileSync(join(folder, 'embedded-postgres.json'), 'utf8')) as Record<string, string>;
const postmaster = () => Number(readFileSync(join(String(record().home), 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function untilEnded(pid: number): Promise<void> {
  while (isRunning(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
}

test('a db:migrate during the first start succeeds, as the start does, whatever PG variables are set, and no PostgreSQL is left', async () => {
  const settings = { DATA_DIR: folder, PGSSLMODE: 'require', PGOPTIONS: '-c search_path=nowhere', PGHOST: '203.0.113.7', PGUSER: 'nobody' };
  const shop = new ProjectProcess({ ...settings, ADMIN_PASSWORD: 'a-pass-phrase-for-tests' });
  await shop.until('Creating a PostgreSQL database');
  const command = databaseCommand(settings, 'migrate');
  expect([await command.ended, command.output]).toEqual([{ code: 0, signal: null }, expect.stringContaining('done')]);
  const address = await shop.address();
  const pid = postmaster();
  // Nobody reads the output of the shop any more, and it writes on.
  shop.child.stdout?.destroy();
  shop.child.stderr?.destroy();
  expect((await fetch(`${address}/health/ready`)).status).toBe(200);
  expect(await shop.stop()).toEqual({ code: 0, signal: null });
  expect(isRunning(pid)).toBe(false);

  // The next start mends the password of the shop's role, and names the file where the superuser's is wrong.
  const file = join(folder, 'embedded-postgres.json');
  const saved = record();
  writeFileSync(file, JSON.stringify({ ...saved, password: 'another p@ssword%' }));
  const mended = databaseCommand({ DATA_DIR: folder }, 'migrate:status');
  expect([await mended.ended, mended.output]).toEqual([{ code: 0, signal: null }, expect.stringContaining('done')]);
  writeFileSync(file, JSON.stringify({ ...saved, superuserPassword: 'wrong' }));
  const refused = databaseCommand({ DATA_DIR: folder }, 'migrate:status');
  expect((await refused.ended).code).toBe(1);
  expect(refused.output).toContain(`The database refuses the superuserPassword of ${file}. Restore the file from a backup`);
});

test('a first start that a signal interrupts ends within SHUTDOWN_TIMEOUT_MS, and leaves no PostgreSQL behind', async () => {
  const shop = new ProjectProcess({ DATA_DIR: folder, SHUTDOWN_TIMEOUT_MS: '20000' });
  await shop.until(/Running \d+ migrations/);
  const pid = postmaster();
  expect(await shop.stop()).toEqual({ code: 0, signal: null });
  expect(shop.output).toContain('SIGTERM: interrupting the start');
  await untilEnded(pid);
});

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

const isReady = (address: string) =>
  fetch(`${address}/health/ready`).then(
    ({ status }) => status === 200,
    () => false,
  );

test('a first start goes on where its output is closed after five lines, and leaves no PostgreSQL behind when it stops', async () => {
  const port = await freePort();
  const shop = new ProjectProcess({ DATA_DIR: folder, PORT: port, LOG_LEVEL: 'info', ADMIN_PASSWORD: 'a-pass-phrase-for-tests' });
  // As `npm start | head -5` does.
  await shop.until(/(.*\n){5}|Running \d+ migrations/);
  shop.child.stdout?.destroy();
  while (!(await isReady(`http://127.0.0.1:${port}`))) await new Promise((resolve) => setTimeout(resolve, 100));
  const pid = postmaster();
  expect(await shop.stop()).toEqual({ code: 0, signal: null });
  expect(isRunning(pid)).toBe(false);
});
