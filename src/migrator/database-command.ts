import { Client } from 'pg';
import { explainError } from '../logging/explain-error';
import { withMigrationLock } from './migration-lock';
import { openDatabase } from './open-database';
import { pendingMigrations } from './pending-migrations';
import { SequelizeCliError, sequelizeCli } from './sequelize-cli';

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

/** Runs `npm run db:<command>`; passes further arguments to sequelize-cli, and throws what made it fail. */
export async function databaseCommand([name = '', ...further]: readonly string[]): Promise<void> {
  const steps = COMMANDS[name];
  if (!steps)
    throw new Error(
      `Unknown command db:${name}. The commands are ${Object.keys(COMMANDS)
        .map((known) => `db:${known}`)
        .join(', ')}.`,
    );
  if (name === 'reset' && process.env.NODE_ENV === 'production')
    throw new Error('db:reset removes all data, so it does not run with NODE_ENV=production.');
  const database = await openDatabase(process.env);
  // The running step then fails and rolls back.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void database.stop().finally(() => process.exit(1)));
  try {
    print(`db:${name} on ${describeDatabase(database.url)}`);
    if (name === 'create') return await create(database.url, further);
    if (name === 'seed') await requireMigrated(database.url);
    await withMigrationLock(database.url, print, async () => {
      for (const step of steps) await sequelizeCli(database.url, [step, ...further], printOutcome);
    });
    print(`${[`db:${name}`, ...further].join(' ')}: done`);
    if (name === 'reset') print('The next start of the shop creates the first administrator.');
  } finally {
    await database.stop();
  }
}

async function create(url: string, further: readonly string[]): Promise<void> {
  if (await databaseExists(url)) return print('The database exists already');
  await sequelizeCli(url, ['db:create', ...further], printOutcome);
}

async function databaseExists(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === '3D000') return false;
    throw error;
  } finally {
    await client.end();
  }
}

async function requireMigrated(url: string): Promise<void> {
  if ((await pendingMigrations(url)).length > 0) throw new Error('The database lacks migrations. Run `npm run db:migrate` first.');
}

/* Without the password. */
function describeDatabase(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${pathname.slice(1)} at ${hostname}:${port || 5432}`;
}

function printOutcome(line: string): void {
  const isNoise = /^(Sequelize CLI|Loaded configuration|Using environment)/.test(line);
  if (!isNoise) print(line);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

if (require.main === module) {
  databaseCommand(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof SequelizeCliError ? error.summary : explainError(error)}\n`);
    process.exitCode = 1;
  });
}
