import { holdingMigrationLock } from './migration-lock';
import { openDatabase } from './open-database';
import { sequelizeCli } from './sequelize-cli';

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
    if (name === 'create') return await create(database.url, database.isEmbedded, further);
    await holdingMigrationLock(database.url, print, async () => {
      for (const step of steps) await sequelizeCli(database.url, [step, ...further], printOutcome);
    });
    print(`db:${name} is done`);
  } finally {
    await database.stop();
  }
}

async function create(url: string, isEmbedded: boolean, further: readonly string[]): Promise<void> {
  // The embedded server makes its database when it starts.
  if (isEmbedded) return print('The embedded database is there');
  try {
    await sequelizeCli(url, ['db:create', ...further], printOutcome);
  } catch (error) {
    if (!(error instanceof Error && error.message.includes('already exists'))) throw error;
    print('The database is there already');
  }
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
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
