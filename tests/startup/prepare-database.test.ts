import { randomBytes } from 'node:crypto';
import { QueryTypes, type Sequelize } from 'sequelize';
import { loadEnv } from '../../config/env';
import { connect } from '../../src/database/connection/connection';
import { createLogger } from '../../src/logging/logger';
import { registerModels } from '../../src/models';
import { prepareDatabase } from '../../src/startup/prepare-database';
import { applicationUrlOf, onServer, urlOf } from '../support/server';

jest.setTimeout(90_000);

const name = `test_${randomBytes(6).toString('hex')}`;
let sequelize: Sequelize;
let lines: string[];

beforeAll(async () => {
  await onServer((client) => client.query(`CREATE DATABASE ${name} OWNER shop_test`));
  sequelize = connect(environment());
  registerModels(sequelize);
});
afterAll(async () => {
  await sequelize.close();
  await onServer((client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
});
beforeEach(() => {
  lines = [];
});

function environment(settings: Record<string, string> = {}) {
  return loadEnv({
    NODE_ENV: 'test',
    DATABASE_URL: applicationUrlOf(name),
    MIGRATION_DATABASE_URL: urlOf(name),
    ADMIN_PASSWORD: 'a-password-for-tests',
    ...settings,
  });
}

function start(settings?: Record<string, string>) {
  const env = environment(settings);
  return prepareDatabase({ env, log: createLogger(env), sequelize }, (line) => lines.push(line));
}
const counts = () =>
  sequelize.query(
    `SELECT (SELECT count(*)::int FROM roles) AS roles, (SELECT count(*)::int FROM orders) AS orders,
      (SELECT count(*)::int FROM users WHERE email = 'admin@storekeeper.example') AS administrators`,
    { type: QueryTypes.SELECT },
  );

test('two parallel starts on an empty database make one shop with one administrator', async () => {
  const administrators = await Promise.all([start(), start()]);
  expect(administrators.filter((administrator) => administrator?.outcome === 'created')).toHaveLength(1);
  expect(await counts()).toEqual([{ roles: 5, orders: 830, administrators: 1 }]);
  expect(lines.filter((line) => line.startsWith('Loading'))).toEqual(['Loading the built-in roles', 'Loading the demo shop (Northwind)']);
});

test('a later start loads nothing, even where an administrator has deleted a built-in role', async () => {
  await sequelize.query(`UPDATE roles SET deleted_at = now() WHERE name = 'auditor'`);
  expect(await start()).toBeNull();
  expect(lines).toEqual([]);
});

test('a start adds a missing built-in role, but no demo shop to a shop with rows', async () => {
  await sequelize.query(`DELETE FROM roles WHERE name = 'auditor'`);
  await start();
  expect(lines).toEqual(['Loading the built-in roles']);
  expect(await counts()).toEqual([{ roles: 5, orders: 830, administrators: 1 }]);
});
