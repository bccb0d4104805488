import type { Options } from 'sequelize';
import { sequelizeOptions } from '../database/database-url';
import { surviveClosedOutput } from '../process/closed-output';
import { onStopSignal } from '../process/stop-signals';
import { holdMigrationLock } from './migration-lock';
import { openDatabase } from './open-database';
import { pendingMigrations } from './pending-migrations';
import { requireConfirmation } from './require-confirmation';

const CHANGES = /^db:(migrate|seed)/;

/**
 * Returns the connection of a sequelize-cli process, once it may run its command. Without the name of a holder (where
 * sequelize-cli is called by hand), it takes the migration lock for as long as the process runs, and asks for the confirmations of `npm run db:*`. Throws for a database that has
 * migrations of another version.
 */
export async function cliConnection(args: readonly string[], holder: string | undefined): Promise<Options> {
  surviveClosedOutput();
  // By an exit, not by the signal: only then the embedded server is stopped.
  onStopSignal(() => process.exit(1));
  const { url, settings, stop } = await openDatabase();
  // sequelize-cli ends by process.exit, so nothing can be awaited; stop() sends its signal synchronously.
  process.once('exit', () => void stop());
  const command = args.find((arg) => arg.startsWith('db:')) ?? '';
  if (holder === undefined) {
    requireConfirmation(command, args, url, settings.NODE_ENV);
    if (CHANGES.test(command)) await holdMigrationLock(url, { log: report, waitMs: settings.MIGRATION_WAIT_MS });
  }
  if (command.startsWith('db:migrate') && !args.includes('--migrations-path')) await pendingMigrations(url);
  return { ...sequelizeOptions(url, { application_name: holder ?? 'sequelize-cli', keepAlive: true }), logging: false };
}

function report(line: string): void {
  process.stdout.write(`${line}\n`);
}
