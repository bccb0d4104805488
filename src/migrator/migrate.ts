import { holdingMigrationLock } from './migration-lock';
import { pendingMigrations } from './pending-migrations';
import { sequelizeCli } from './sequelize-cli';

/**
 * Runs the migrations that are missing, alone; where none is, it costs one short connection. Throws, with what sequelize-cli printed,
 * where one fails.
 */
export async function migrate(url: string, log: (line: string) => void): Promise<void> {
  if ((await pendingMigrations(url)).length === 0) return;
  await holdingMigrationLock(url, log, async () => {
    const pending = await pendingMigrations(url);
    if (pending.length === 0) return;
    log(`Running ${pending.length} migration${pending.length === 1 ? '' : 's'}`);
    await sequelizeCli(url, ['db:migrate'], () => undefined);
  });
}
