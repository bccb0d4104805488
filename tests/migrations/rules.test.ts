import { type QueryInterface, Sequelize } from 'sequelize';
import { concurrentIndex } from '../../migrations/support/concurrent-index';
import { migration, type Migration as Runnable } from '../../migrations/support/migration';
import { dumpSchema } from '../database/schema/support/dump';
import { admit, createTestDatabase, type TestDatabase } from '../support/database';
import { faultsOf } from './support/rules';
import { allMigrations, send } from './support/sent';

let database: TestDatabase;
let sequelize: Sequelize;

beforeAll(async () => {
  database = await createTestDatabase();
  sequelize = new Sequelize(database.url, { dialect: 'postgres', logging: false, pool: { max: 1 } });
});
afterAll(async () => {
  await sequelize.close();
  await database.drop();
});

test('every migration keeps the rules in each direction, and its way down restores the former schema', async () => {
  const undone = [];
  for (const migration of allMigrations().reverse()) {
    // A function that an earlier way down made again has its privileges from a start.
    await admit(database.name);
    const after = await dumpSchema(database.url);
    undone.unshift({ migration, after, sent: await send(sequelize, migration, 'down') });
  }
  const faults = undone.flatMap(({ sent }) => faultsOf(sent));
  for (const { migration, after } of undone) {
    faults.push(...faultsOf(await send(sequelize, migration, 'up')));
    await admit(database.name);
    expect([migration.name, await dumpSchema(database.url)]).toEqual([migration.name, after]);
  }
  expect(faults).toEqual([]);
  expect(undone.length).toBeGreaterThanOrEqual(8);
}, 180_000);

const IN_USE = /makes the index \w+ on a table in use/;
const NO_TIMEOUT = /does not begin with a lock_timeout/;
const NOT_ATOMIC = /is neither one transaction nor one index/;

const raw =
  (...statements: string[]) =>
  async (queryInterface: QueryInterface) => {
    for (const statement of statements) await queryInterface.sequelize.query(statement);
  };
const addBySequelize = (queryInterface: QueryInterface) =>
  queryInterface.sequelize.transaction(async (transaction) => {
    await queryInterface.sequelize.query(`SET LOCAL lock_timeout = '5s'`, { transaction });
    await queryInterface.addIndex('products', { fields: ['brand', 'price'], name: 'products_brand_price_idx', transaction });
  });

const refused: readonly (readonly [string, Runnable['up'], RegExp])[] = [
  ['an index in a transaction', migration('CREATE INDEX products_a_idx ON products (model)', '').up, IN_USE],
  ['an index of addIndex', addBySequelize, IN_USE],
  ['a unique column', migration('ALTER TABLE products ADD COLUMN ean text CONSTRAINT products_ean_key UNIQUE', '').up, IN_USE],
  ['an index made by a block', migration(`DO $$ BEGIN CREATE INDEX products_b_idx ON products (model); END $$`, '').up, IN_USE],
  ['an index that is rebuilt', migration('DROP INDEX products_name_idx; CREATE INDEX products_name_idx ON products (name)', '').up, IN_USE],
  [
    'a concurrent index that keeps a leftover',
    raw(`SET lock_timeout = '5s'`, 'CREATE INDEX CONCURRENTLY tags_a_idx ON tags (name)'),
    IN_USE,
  ],
  [
    'a concurrent index that is not alone',
    async (queryInterface) => {
      await concurrentIndex({ name: 'tags_b_idx', on: 'tags (name)' }).up(queryInterface);
      await raw('CREATE TABLE beside ()')(queryInterface);
    },
    NOT_ATOMIC,
  ],
  [
    'no lock_timeout',
    (queryInterface) => queryInterface.sequelize.transaction((transaction) => queryInterface.dropTable('product_tags', { transaction })),
    NO_TIMEOUT,
  ],
  ['a lock_timeout that is none', raw(`SET lock_timeout = '0s'`, 'DROP INDEX categories_name_idx'), NO_TIMEOUT],
  ['a lock_timeout that comes late', raw('DROP INDEX users_last_name_idx', `SET lock_timeout = '5s'`), NO_TIMEOUT],
  ['two transactions', raw(`SET lock_timeout = '5s'`, 'CREATE TABLE one ()', 'CREATE TABLE two ()'), NOT_ATOMIC],
];

test.each(refused)('refuses %s', async (_, up, fault) => {
  const sent = await send(sequelize, { name: 'refused', up, down: up }, 'up');
  expect(faultsOf(sent).join('\n')).toMatch(fault);
});

test('allows a concurrent index on a table in use, and any index on a new table', async () => {
  const built = concurrentIndex({ name: 'orders_note_idx', on: 'orders (note) WHERE note IS NOT NULL' });
  const made = migration('CREATE TABLE made (n integer); CREATE INDEX made_n_idx ON made (n)', 'DROP TABLE made');
  for (const [name, allowed] of Object.entries({ built, made }))
    for (const way of ['up', 'down'] as const) expect(faultsOf(await send(sequelize, { name, ...allowed }, way))).toEqual([]);
});
