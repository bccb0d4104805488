import { databaseAddress } from '../database/connection/database-url';
import { closeClient, openClient, withClient } from '../database/connection/open-client';
import { requireConfirmation, withoutConfirmation } from './cli/require-confirmation';
import { sequelizeCli } from './cli/sequelize-cli';
import { type LockWait, type MigrationLock, withMigrationLock } from './lock/migration-lock';
import { type OpenDatabase, openDatabase } from './open-database';
import { pendingMigrations, requireMigrated } from './pending-migrations';
import { admitApplication } from './roles/admit-application';

/** The steps that sequelize-cli runs for each `npm run db:*`. */
const COMMANDS: Record<string, readonly string[]> = {
  create: ['db:create'],
  migrate: ['db:migrate'],
  'migrate:undo': ['db:migrate:undo'],
  'migrate:undo:all': ['db:migrate:undo:all'],
  'migrate:status': ['db:migrate:status'],
  seed: ['db:seed:all'],
  'seed:undo': ['db:seed:undo:all'],
  reset: ['db:migrate:undo:all', 'db:migrate', 'db:seed:all'],
};

const MAKES_TABLES = ['migrate', 'reset'];

/** What a command does beside migrations, where it makes tables; as the owner. */
export type MakeFurther = (url: string, wait: LockWait) => Promise<void>;

/**
 * Runs `npm run db:<command>`; passes further arguments to sequelize-cli, and throws what made it fail. When the signal is aborted, the
 * running step ends and is rolled back.
 */
export async function databaseCommand(
  [name = '', ...args]: readonly string[],
  signal: AbortSignal,
  makeFurther: MakeFurther,
): Promise<void> {
  const steps = COMMANDS[name];
  if (!steps)
    throw new Error(
      `Unknown command db:${name}. The commands are ${Object.keys(COMMANDS)
        .map((known) => `db:${known}`)
        .join(', ')}.`,
    );
  const database = await openDatabase(signal);
  try {
    requireConfirmation(`db:${name}`, args, database.url, database.settings.NODE_ENV);
    const further = withoutConfirmation(args);
    print(`db:${name} on ${describeDatabase(database.url)}`);
    if (name === 'create') return await create(database.url, further);
    await requireOwnVersion(name, further, database.url);
    await runUnderLock(database, signal, async (lock) => {
      for (const step of steps) await sequelizeCli(database.url, [step, ...further], printOutcome, lock);
    });
    if (MAKES_TABLES.includes(name)) {
      await makeFurther(database.url, waitOf(database, signal));
      await admit(database, signal);
    }
    print(`${[`db:${name}`, ...further].join(' ')}: done`);
    if (name === 'reset') print('The next start of the shop creates the first administrator.');
  } finally {
    await database.stop();
  }
}

/* So that the API and `npm run admin:reset` may use what a command made. */
function admit(database: OpenDatabase, signal: AbortSignal): Promise<void> {
  return withClient(database.url, (owner) => admitApplication(owner, database.access, waitOf(database, signal)));
}

function runUnderLock(database: OpenDatabase, signal: AbortSignal, work: (lock: MigrationLock) => Promise<void>): Promise<void> {
  return withMigrationLock(database.url, waitOf(database, signal), work);
}

function waitOf({ settings }: OpenDatabase, signal: AbortSignal): LockWait {
  return { log: print, waitMs: settings.MIGRATION_WAIT_MS, signal };
}

/* Migrations of a folder of their own are not compared with this version's. */
async function requireOwnVersion(name: string, further: readonly string[], url: string): Promise<void> {
  if (name === 'seed') await requireMigrated(url);
  else if (!further.includes('--migrations-path')) await pendingMigrations(url);
}

async function create(url: string, further: readonly string[]): Promise<void> {
  if (await databaseExists(url)) return print('The database exists already');
  await sequelizeCli(url, ['db:create', ...further], printOutcome);
}

async function databaseExists(url: string): Promise<boolean> {
  try {
    await closeClient(await openClient(url));
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === '3D000') return false;
    throw error;
  }
}

/* Without the password. */
function describeDatabase(url: string): string {
  const { host = 'localhost', port = 5432, database = '' } = databaseAddress(url);
  return `${database} at ${host}:${port}`;
}

function printOutcome(line: string): void {
  const isNoise = /^(Sequelize CLI|Loaded configuration|Using environment)/.test(line);
  if (!isNoise) print(line);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
