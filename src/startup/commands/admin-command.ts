import { loadEnv, loadEnvFile } from '../../../config/env';
import { resetAdministrator } from '../../accounts';
import { connect } from '../../database/connection/connection';
import { withClient } from '../../database/connection/open-client';
import { explainError } from '../../logging/explain-error';
import { createLogger } from '../../logging/logger';
import { openDatabase } from '../../migrator/open-database';
import { requireMigrated } from '../../migrator/pending-migrations';
import { admitApplication } from '../../migrator/roles/admit-application';
import { registerModels } from '../../models';
import { surviveClosedOutput } from '../../process/closed-output';
import { onStopSignal } from '../../process/stop-signals';

/** Runs `npm run admin:reset -- <email>`: gives the shop an administrator with a new password, and prints the password once. */
async function resetCommand(email: string | undefined): Promise<void> {
  if (!email) throw new Error('The email is missing: npm run admin:reset -- <email>');
  loadEnvFile();
  const env = loadEnv();
  const database = await openDatabase();
  const sequelize = connect({ ...env, ...database.access });
  try {
    await requireMigrated(database.url);
    await withClient(database.url, (owner) => admitApplication(owner, database.access, { log: print, waitMs: env.MIGRATION_WAIT_MS }));
    registerModels(sequelize);
    const { isNew, password } = await resetAdministrator({ env, log: createLogger(env), sequelize }, email);
    const done = isNew ? 'Created the administrator' : 'Reset the administrator';
    print(`${done} ${email} with the password ${password}\n(shown only now; the shop stores a hash).`);
  } finally {
    await sequelize.close();
    await database.stop();
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

surviveClosedOutput();
// By an exit, not by the signal: only then the embedded server is stopped.
onStopSignal(() => process.exit(1));
resetCommand(process.argv[2]).catch((error: unknown) => {
  process.stderr.write(`${explainError(error)}\n`);
  process.exitCode = 1;
});
