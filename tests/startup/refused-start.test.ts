import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNode } from '../support/run-node';

const START = ['--require', 'tsx/cjs', 'src/server.ts'];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'storekeeper-refused-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('refuses a taken port before it creates anything', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const { code, output } = await runNode(START, { PORT: String(port), HOST: '127.0.0.1', DATA_DIR: folder });
  other.close();
  expect(output).toContain(`Port ${port} is taken by another process. Set PORT to a free one.`);
  expect(code).toBe(1);
  expect(readdirSync(folder)).toEqual([]);
});

test('refuses an address of another machine, and names HOST', async () => {
  const { code, output } = await runNode(START, { PORT: '0', HOST: '203.0.113.7', DATA_DIR: folder });
  expect(output).toContain('203.0.113.7 is not an address of this machine. Set HOST to one');
  expect(code).toBe(1);
});

test('names every setting that production requires', async () => {
  const { code, output } = await runNode(START, { NODE_ENV: 'production', DATA_DIR: folder });
  expect(output).toMatch(/DATABASE_URL must be set in production.*\n.*JWT_SECRET must be set in production/);
  expect(code).toBe(1);
});
