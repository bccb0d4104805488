import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { ProjectProcess } from './support/project-process';

jest.setTimeout(60_000);

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'storekeeper-administrator-'));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await database.drop();
});

function production(settings: NodeJS.ProcessEnv): ProjectProcess {
  const JWT_SECRET = 'mX2v9QpLr7sT4wYzB8nK3dFhJ6gC1aEo';
  return new ProjectProcess({ NODE_ENV: 'production', DATABASE_URL: database.url, JWT_SECRET, ...settings });
}

test('production keeps the generated password in a file that only its owner can read, and out of the log', async () => {
  const shop = production({ DATA_DIR: folder, DEMO_DATA: '' });
  const address = await shop.address();
  const file = join(folder, 'admin-password');
  const password = readFileSync(file, 'utf8').trim();
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(shop.output).toContain(`The password is in ${file}, which only its owner can read`);
  expect(shop.output).not.toContain(password);
  const login = await fetch(`${address}/v1/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: 'admin@storekeeper.example', password }),
  });
  expect(login.status).toBe(200);
  expect(await count('products')).toBe(0);
  expect(await shop.stop()).toEqual({ code: 0, signal: null });
});

test('production creates no administrator where the generated password cannot be kept', async () => {
  const file = join(folder, 'a-file');
  writeFileSync(file, '');
  const shop = production({ DATA_DIR: file });
  expect(await shop.ended).toEqual({ code: 1, signal: null });
  expect(shop.output).toMatch(/the generated password cannot be kept: Cannot write to DATA_DIR .*it is a file.* Or set ADMIN_PASSWORD\./);
  expect(await count('users')).toBe(0);
});

async function count(table: string): Promise<number> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`);
  await client.end();
  return rows[0]?.count ?? -1;
}
