import type { Options } from 'sequelize';
import { sequelizeOptions } from '../../database/connection/database-url';
import { surviveClosedOutput } from '../../process/closed-output';
import { onStopSignal } from '../../process/stop-signals';
import { holdMigrationLock } from '../lock/migration-lock';
import { openDatabase } from '../open-database';
import { pendingMigrations } from '../pending-migrations';
import { requireConfirmation } from './require-confirmation';

const CHANGES = /^db:(migrate|seed)/;

/**
 * Returns the connection of a sequelize-cli process under the migration lock of its holder, or, where it was called by hand and there is
 * none, under its own; throws what `npm run db:*` throws for want of a confirmation or of this version's migrations.
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
    if (CHANGES.test(command)) await holdMigrationLock(url, { log: report, waitMs: settings.MIGRATION_WAIT_MS }, endProcess);
  }
  if (command.startsWith('db:migrate') && !args.includes('--migrations-path')) await pendingMigrations(url);
  return { ...sequelizeOptions(url, { application_name: holder ?? 'sequelize-cli', keepAlive: true }), logging: false };
}

/* Without the lock another process may migrate; PostgreSQL rolls back what this one had begun. */
function endProcess(reason: Error): void {
  process.stderr.write(`${reason.message}\n`);
  process.exit(1);
}

function report(line: string): void {
  process.stdout.write(`${line}\n`);
}
