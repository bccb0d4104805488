import { sequelizeCli } from './cli/sequelize-cli';
import { type LockWait, withMigrationLock } from './lock/migration-lock';
import { pendingMigrations } from './pending-migrations';

/**
 * Runs the pending migrations, alone; where none is pending, it costs one short connection. Throws `SequelizeCliError`, with the
 * output of sequelize-cli, where one fails.
 */
export async function migrate(url: string, wait: LockWait): Promise<void> {
  if ((await pendingMigrations(url)).length === 0) return;
  await withMigrationLock(url, wait, async (lock) => {
    const pending = await pendingMigrations(url);
    if (pending.length === 0) return;
    wait.log(`Running ${pending.length} migration${pending.length === 1 ? '' : 's'}`);
    await sequelizeCli(url, ['db:migrate'], () => undefined, lock);
  });
}
