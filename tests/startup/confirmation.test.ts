import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { databaseCommand, sequelizeByHand } from './support/project-process';

jest.setTimeout(60_000);

let database: TestDatabase;
let name: string;

beforeEach(async () => {
  database = await createTestDatabase();
  name = new URL(database.url).pathname.slice(1);
});
afterEach(() => database.drop());

const settings = () => ({ NODE_ENV: 'production', DATABASE_URL: database.url });

async function counts(): Promise<unknown> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query(
    'SELECT (SELECT count(*)::int FROM "SequelizeMeta") AS migrations, (SELECT count(*)::int FROM roles) AS roles, (SELECT count(*)::int FROM products) AS products',
  );
  await client.end();
  return rows[0];
}

test.each(['reset', 'migrate:undo', 'migrate:undo:all', 'seed', 'seed:undo'])(
  'production runs db:%s only where its database is confirmed by name',
  async (command) => {
    const before = await counts();
    const refused = databaseCommand(settings(), command, '--confirm=another');
    expect(await refused.ended).toEqual({ code: 1, signal: null });
    expect(refused.output).toContain(`confirm it by the name of the database: npm run db:${command} -- --confirm=${name}`);
    expect(await counts()).toEqual(before);
  },
);

test.each([
  ['db:migrate:undo:all', 'confirm it by the name of the database: npm run db:migrate:undo:all -- --confirm='],
  ['db:seed:undo:all', 'confirm it by the name of the database: npm run db:seed:undo -- --confirm='],
  ['db:drop', "use PostgreSQL's own command: dropdb "],
])('production refuses sequelize-cli %s, called by hand, and says how to do it', async (command, advice) => {
  const before = await counts();
  const refused = sequelizeByHand(settings(), command);
  expect((await refused.ended).code).not.toBe(0);
  expect(refused.output).toContain(`To do that, ${advice}${name}`);
  expect(await counts()).toEqual(before);
});

test('a confirmed db:migrate:undo:all runs in production', async () => {
  const command = databaseCommand(settings(), 'migrate:undo:all', `--confirm=${name}`);
  expect([await command.ended, command.output]).toEqual([{ code: 0, signal: null }, expect.stringContaining('done')]);
});
