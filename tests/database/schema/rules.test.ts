import { Sequelize } from 'sequelize';
import { auditedAccounts } from '../../../src/accounts';
import { auditedCatalogue } from '../../../src/catalogue';
import { auditedContent } from '../../../src/content';
import { type Privacy, privateColumns } from '../../../src/database/column-privacy';
import { registerModels } from '../../../src/models';
import { Repair } from '../../../src/operations';
import { auditedSales } from '../../../src/sales';
import { auditedWebhooks } from '../../../src/webhooks/models';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { catalogueBreaches, guardBreaches, modelBreaches } from './support/breaches';
import { catalogueRules } from './support/catalogue-rules';
import { disagreements } from './support/model-agreement';
import { Connection } from './support/query';
import { missingGuards, undeclaredSecrets } from './support/trigger-rules';

let database: TestDatabase;
let connection: Connection;
let sequelize: Sequelize;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = new Connection(database.url);
  await connection.open();
  sequelize = new Sequelize(database.url, { dialect: 'postgres', logging: false, define: { underscored: true } });
  registerModels(sequelize);
});
afterAll(async () => {
  await connection.close();
  await sequelize.close();
  await database.drop();
});

const audited = () =>
  [...auditedAccounts, ...auditedCatalogue, ...auditedContent, ...auditedSales, ...auditedWebhooks, Repair].map(({ tableName }) =>
    String(tableName),
  );

const breachesOf = async (rule: keyof typeof catalogueRules) =>
  (await connection.query<Record<string, string>>(catalogueRules[rule])).flatMap((row) => Object.values(row));

describe.each(Object.keys(catalogueRules) as (keyof typeof catalogueRules)[])('%s', (rule) => {
  test('holds', async () => expect(await breachesOf(rule)).toEqual([]));

  test.each(Object.entries(catalogueBreaches[rule]))('is broken by %s', async (change, reported) => {
    expect(await connection.after(change, () => breachesOf(rule))).toEqual([reported]);
  });
});

const privacyOf = (table: string) => {
  const model = Object.values(sequelize.models).find(({ tableName }) => tableName === table);
  return model ? privateColumns(model) : new Map<string, Privacy>();
};

test('every column that is named like a secret is declared as one', async () => {
  const declare = () => undeclaredSecrets(connection.query, privacyOf);
  expect(await declare()).toEqual([]);
  expect(await connection.after('ALTER TABLE tags ADD COLUMN code_hash text', declare)).toEqual(['tags.code_hash']);
});

describe('every table is guarded by its triggers, or says why not', () => {
  test('holds', async () => expect(await missingGuards(connection.query, audited(), privacyOf)).toEqual([]));

  test.each(Object.entries(guardBreaches))('is broken by %s', async (change, reported) => {
    expect(await connection.after(change, () => missingGuards(connection.query, audited(), privacyOf))).toEqual([reported]);
  });
});

describe('models and migrations agree column by column', () => {
  test('holds', async () => expect(await disagreements(connection.query, sequelize)).toEqual([]));

  test.each(Object.entries(modelBreaches))('is broken by %s', async (change, reported) => {
    expect(await connection.after(change, () => disagreements(connection.query, sequelize))).toEqual([reported]);
  });
});
