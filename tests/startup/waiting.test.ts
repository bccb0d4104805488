import { Client } from 'pg';
import { MIGRATION_LOCK, withMigrationLock } from '../../src/migrator/lock/migration-lock';
import { MigrationFolder } from '../migrations/support/migration-folder';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { databaseCommand, ProjectProcess, sequelizeByHand } from './support/project-process';

jest.setTimeout(60_000);

const MIGRATION = '20990101000100-first.ts';

let database: TestDatabase;
let folder: MigrationFolder;
let holder: Client;

beforeEach(async () => {
  database = await createTestDatabase();
  folder = new MigrationFolder(database.url);
  holder = new Client({ connectionString: database.url, application_name: 'the holder' });
  holder.on('error', () => undefined);
  await holder.connect();
});
afterEach(async () => {
  await holder.end();
  folder.remove();
  await database.drop();
});

async function holdLock(): Promise<string> {
  const { rows } = await holder.query<{ pid: number }>('SELECT pg_backend_pid() AS pid, pg_advisory_lock($1)', [MIGRATION_LOCK]);
  return `the holder (session ${rows[0]?.pid}, from 127.0.0.1, since 20`;
}

test('a start that waits for a migration says for whom, and ends by SIGTERM', async () => {
  await holder.query(`DELETE FROM "SequelizeMeta" WHERE name = (SELECT max(name) FROM "SequelizeMeta")`);
  const holderLine = await holdLock();
  const shop = new ProjectProcess({ DATABASE_URL: database.url });
  await shop.until(`Waiting for another process that migrates or seeds the database: ${holderLine}`);
  expect(await shop.stop()).toEqual({ code: 0, signal: null });
  expect(shop.output).toContain('SIGTERM: interrupting the start');
});

test('a command that waits longer than MIGRATION_WAIT_MS ends, and names the holder', async () => {
  const holderLine = await holdLock();
  const command = databaseCommand({ DATABASE_URL: database.url, MIGRATION_WAIT_MS: '200' }, 'seed');
  expect(await command.ended).toEqual({ code: 1, signal: null });
  expect(command.output).toContain(`longer than MIGRATION_WAIT_MS (200 ms): ${holderLine}`);
  expect(await holder.query('SELECT FROM products')).toMatchObject({ rowCount: 0 });
});

/* The migrating statement, once it runs. */
async function runningStatement(): Promise<{ pid: number; application_name: string }> {
  for (;;) {
    const { rows } = await holder.query<{ pid: number; application_name: string }>(
      `SELECT pid, application_name FROM pg_stat_activity
       WHERE query LIKE '%pg_sleep(600)%' AND state = 'active' AND pid <> pg_backend_pid() AND datname = current_database()`,
    );
    if (rows[0]) return rows[0];
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const SLOW = 'CREATE TABLE half (n integer); SET LOCAL statement_timeout = 0; SELECT pg_sleep(600)';
const left = () =>
  holder.query(`SELECT to_regclass('half') AS half, (SELECT count(*)::int FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%'
  AND state = 'active' AND pid <> pg_backend_pid() AND datname = current_database()) AS running`);

test('a migration that SIGTERM interrupts is rolled back on the server before the lock is free', async () => {
  folder.writeSql(MIGRATION, SLOW, '');
  const command = folder.start();
  await runningStatement();
  expect(await command.stop()).toEqual({ code: 1, signal: null });
  expect(command.output).toContain('SIGTERM: stopped; the step that was running was rolled back.');
  expect((await left()).rows).toEqual([{ half: null, running: 0 }]);
  expect(await folder.done()).toEqual([]);
});

test('sequelize-cli, called by hand, ends where the connection that holds its lock is lost', async () => {
  folder.writeSql(MIGRATION, SLOW, '');
  const command = sequelizeByHand({ DATABASE_URL: database.url }, 'db:migrate', '--migrations-path', folder.path);
  const { pid } = await runningStatement();
  await holder.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name LIKE 'storekeeper-migrator%' AND pid <> $1 AND datname = current_database()`,
    [pid],
  );
  expect((await command.ended).code).not.toBe(0);
  expect(command.output).toContain('The connection that holds the migration lock is lost, so the work was stopped.');
  expect(await folder.done()).toEqual([]);
});

test('says which sessions it could not end where the server is gone, and reports the lost lock', async () => {
  const lines: string[] = [];
  const lost = withMigrationLock(database.url, { log: (line) => lines.push(line), waitMs: 1_000 }, async ({ signal }) => {
    const dropped = new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    await holder.end();
    await database.drop();
    await dropped;
    signal.throwIfAborted();
  });
  await expect(lost).rejects.toThrow('The connection that holds the migration lock is lost, so the work was stopped.');
  expect(lines).toEqual([
    expect.stringMatching(/^The sessions "storekeeper-migrator .+ could not be ended \(database .+ does not exist\)/),
  ]);
});

test('a migration ends where the connection that holds its lock is lost', async () => {
  folder.writeSql(MIGRATION, SLOW, '');
  const command = folder.start();
  const { application_name: name, pid } = await runningStatement();
  await holder.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND pid <> $2', [name, pid]);
  expect(await command.ended).toEqual({ code: 1, signal: null });
  expect(command.output).toContain('The connection that holds the migration lock is lost, so the work was stopped.');
  expect(await folder.done()).toEqual([]);
});
