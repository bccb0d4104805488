import { Client } from 'pg';
import { explain } from '../logging/explain-error';
import { holdingMigrationLock } from './migration-lock';
import { openDatabase } from './open-database';
import { pendingMigrations } from './pending-migrations';
import { SequelizeCliError, sequelizeCli } from './sequelize-cli';

/** What each `npm run db:*` has sequelize-cli do, in order. */
const commands: Record<string, readonly string[]> = {
  create: ['db:create'],
  migrate: ['db:migrate'],
  'migrate:undo': ['db:migrate:undo'],
  'migrate:undo:all': ['db:migrate:undo:all'],
  'migrate:status': ['db:migrate:status'],
  seed: ['db:seed:all'],
  'seed:undo': ['db:seed:undo:all'],
  reset: ['db:migrate:undo:all', 'db:migrate', 'db:seed:all'],
};

/** Runs one `npm run db:<command>`, further arguments going to sequelize-cli; ends with 1, and says why, where it fails. */
export async function databaseCommand([name = '', ...further]: readonly string[]): Promise<void> {
  const steps = commands[name];
  if (!steps)
    throw new Error(
      `There is no db:${name}; there are ${Object.keys(commands)
        .map((known) => `db:${known}`)
        .join(', ')}.`,
    );
  if (name === 'reset' && process.env.NODE_ENV === 'production')
    throw new Error('db:reset removes everything; it does not run with NODE_ENV=production.');
  const database = await openDatabase(process.env);
  // The step that is running fails when its database stops, and leaves nothing behind.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void database.stop().finally(() => process.exit(1)));
  try {
    print(`db:${name} on ${described(database.url)}`);
    if (name === 'create') return await create(database.url, further);
    if (name === 'seed') await requireMigrated(database.url);
    await holdingMigrationLock(database.url, print, async () => {
      for (const step of steps) await sequelizeCli(database.url, [step, ...further], printOutcome);
    });
    print([`db:${name}`, ...further, 'is done'].join(' '));
    if (name === 'reset') print('The first administrator is made when the shop starts next.');
  } finally {
    await database.stop();
  }
}

async function create(url: string, further: readonly string[]): Promise<void> {
  if (await isThere(url)) return print('The database is there already');
  await sequelizeCli(url, ['db:create', ...further], printOutcome);
}

async function isThere(url: string): Promise<boolean> {
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
  if ((await pendingMigrations(url)).length > 0) throw new Error('Migrations are missing: run `npm run db:migrate` first.');
}

/* Never with the password. */
function described(url: string): string {
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
    process.stderr.write(`${error instanceof SequelizeCliError ? error.summary : explain(error)}\n`);
    process.exitCode = 1;
  });
}
