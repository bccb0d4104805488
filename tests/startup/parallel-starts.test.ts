import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { migrationNames } from '../../src/migrator/pending-migrations';
import { OLDEST_POSTGRES, type OldestServer, startOldestServer } from './support/oldest-server';
import { databaseCommand, ProjectProcess, sequelizeByHand } from './support/project-process';

/*
 * The real migrations, several at once, on an empty database: a waiter that waited inside the server would block the CREATE INDEX
 * CONCURRENTLY of the one that migrates.
 */

jest.setTimeout(180_000);

let oldest: OldestServer | undefined;
let running: ProjectProcess[] = [];

beforeAll(async () => {
  if (OLDEST_POSTGRES) oldest = await startOldestServer(OLDEST_POSTGRES);
});
afterAll(() => oldest?.remove());
beforeEach(() => {
  running = [];
});
afterEach(async () => {
  await Promise.all(running.filter(({ child }) => child.exitCode === null).map((shop) => shop.stop('SIGKILL')));
});

const SERVERS: readonly (readonly [string, () => string])[] = [
  ["the run's PostgreSQL", () => process.env.TEST_DATABASE_URL ?? ''],
  ...(OLDEST_POSTGRES ? [[`the PostgreSQL in ${OLDEST_POSTGRES}`, () => oldest?.url ?? ''] as const] : []),
];

describe.each(SERVERS)('on %s', (_name, server) => {
  test.each([2, 3])('%i starts with two ordinary logins on one empty database all open, and migrate it once', async (count) => {
    await withEmptyDatabase(server(), async (url, client) => {
      const logins = await twoLogins(url, client);
      running = Array.from({ length: count }, () => start({ ...logins, ADMIN_PASSWORD: 'a-password-for-tests' }));
      await Promise.all(running.map((shop) => shop.address()));
      expect(running.filter(({ output }) => /Running \d+ migrations/.test(output))).toHaveLength(1);
      expect(await applied(client)).toEqual(migrationNames());
      expect(await Promise.all(running.map((shop) => shop.stop()))).toEqual(running.map(() => ({ code: 0, signal: null })));
    });
  });

  test('two db:migrate and one sequelize-cli by hand on one empty database all succeed', async () => {
    await withEmptyDatabase(server(), async (url, client) => {
      running = [
        databaseCommand({ DATABASE_URL: url }, 'migrate'),
        databaseCommand({ DATABASE_URL: url }, 'migrate'),
        sequelizeByHand({ DATABASE_URL: url }, 'db:migrate'),
      ];
      const ended = await Promise.all(running.map(({ ended }) => ended));
      expect([ended, running.map(({ output }) => output)]).toEqual([running.map(() => ({ code: 0, signal: null })), expect.anything()]);
      expect(running.map(({ output }) => output.match(/: migrated/g)?.length ?? 0).sort()).toEqual([0, 0, migrationNames().length]);
      expect(await applied(client)).toEqual(migrationNames());
    });
  });
});

function start(settings: NodeJS.ProcessEnv): ProjectProcess {
  return new ProjectProcess(settings);
}

async function withEmptyDatabase(server: string, work: (url: string, client: Client) => Promise<void>): Promise<void> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  await asSuperuser(server, (client) => client.query(`CREATE DATABASE ${name}`));
  try {
    await asSuperuser(url.href, (client) => work(url.href, client));
  } finally {
    await asSuperuser(server, (client) =>
      client.query(`DROP DATABASE ${name} WITH (FORCE)`).then(() => client.query(`DROP ROLE IF EXISTS ${name}_owner, ${name}_app`)),
    );
  }
}

/* As the README makes them on a server of one's own; a superuser's start would show nothing that an owner may not do. */
async function twoLogins(url: string, client: Client): Promise<{ DATABASE_URL: string; MIGRATION_DATABASE_URL: string }> {
  const name = new URL(url).pathname.slice(1);
  await client.query(`CREATE ROLE ${name}_owner LOGIN PASSWORD 'owner'; CREATE ROLE ${name}_app LOGIN PASSWORD 'app';
    ALTER DATABASE ${name} OWNER TO ${name}_owner; ALTER SCHEMA public OWNER TO ${name}_owner`);
  return { DATABASE_URL: asLogin(url, `${name}_app`, 'app'), MIGRATION_DATABASE_URL: asLogin(url, `${name}_owner`, 'owner') };
}

function asLogin(url: string, username: string, password: string): string {
  return Object.assign(new URL(url), { username, password }).href;
}

async function asSuperuser(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

async function applied(client: Client): Promise<string[]> {
  return (await client.query<{ name: string }>('SELECT name FROM "SequelizeMeta" ORDER BY name')).rows.map(({ name }) => name);
}
