import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadEnv } from '../../config/env';
import { openSettings } from '../../src/startup/settings/open-settings';
import { runNode, SERVER } from '../support/run-node';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'storekeeper-refused-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('refuses a taken port before it creates anything', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const { code, output } = await runNode(SERVER, { PORT: String(port), HOST: '127.0.0.1', DATA_DIR: folder });
  other.close();
  expect(output).toContain(`Port ${port} is taken by another process. Set PORT to a free one.`);
  expect(code).toBe(1);
  expect(readdirSync(folder)).toEqual([]);
});

test('refuses an address of another machine, and names HOST', async () => {
  const { code, output } = await runNode(SERVER, { PORT: '0', HOST: '203.0.113.7', DATA_DIR: folder });
  expect(output).toContain('203.0.113.7 is not an address of this machine. Set HOST to one');
  expect(code).toBe(1);
});

test('names every setting that production requires', async () => {
  const { code, output } = await runNode(SERVER, { NODE_ENV: 'production', DATA_DIR: folder });
  expect(output).toMatch(/DATABASE_URL must be set in production.*\n.*JWT_SECRET must be set in production/);
  expect(code).toBe(1);
});

const openWith = (settings: Record<string, string>) =>
  openSettings(
    loadEnv({
      NODE_ENV: 'production',
      DATABASE_URL: 'postgres://127.0.0.1/shop',
      JWT_SECRET: 'mX2v9QpLr7sT4wYzB8nK3dFhJ6gC1aEo',
      ...settings,
    }),
    { log: () => undefined, onLost: () => undefined, signal: new AbortController().signal },
  );

test.each([
  ...['password12', 'Passwort2026', '1234567890', 'aaaaaaaaaa', ' '.repeat(10), 'qwertyuiop', 'abcabcabcabc', 'ｑｗｅｒｔｙｕｉｏｐ'],
  ...['owner.of.shop', 'Owner.Of.Shop1', 'owner.of.shop@example.com'],
])('production refuses the ADMIN_PASSWORD %s, by the rule for everybody’s passwords, before it opens the database', async (password) => {
  const settings = { ADMIN_EMAIL: 'owner.of.shop@example.com', ADMIN_PASSWORD: password };
  await expect(openWith(settings)).rejects.toThrow(/Invalid settings:\n {2}- ADMIN_PASSWORD is too easy to guess/);
  expect((await openWith({ ...settings, NODE_ENV: 'development' })).env.ADMIN_PASSWORD).toBe(password);
});

test('production takes a passphrase as ADMIN_PASSWORD', async () => {
  const ADMIN_PASSWORD = 'correct horse battery staple';
  expect((await openWith({ ADMIN_PASSWORD })).env.ADMIN_PASSWORD).toBe(ADMIN_PASSWORD);
});
