import { sequelizeCli } from './cli/sequelize-cli';
import { type LockWait, withMigrationLock } from './lock/migration-lock';

/** A seeder of `seeders/`, and the line that says what it loads. */
export interface Seeder {
  readonly file: string;
  readonly progress: string;
}

/**
 * Runs the missing seeders as `npm run db:seed` does, alone; starts no process where none is missing. Throws `SequelizeCliError` where
 * one fails.
 */
export async function seed(url: string, missing: () => Promise<readonly Seeder[]>, wait: LockWait): Promise<void> {
  if ((await missing()).length === 0) return;
  await withMigrationLock(url, wait, async (lock) => {
    // Another start may have seeded while this one waited.
    const seeders = await missing();
    if (seeders.length === 0) return;
    for (const { progress } of seeders) wait.log(progress);
    await sequelizeCli(url, ['db:seed', ...seeders.flatMap(({ file }) => ['--seed', file])], () => undefined, lock);
  });
}
