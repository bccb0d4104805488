import { loadEnv, loadEnvFile } from '../../config/env';
import { resetAdministrator } from '../accounts';
import { connect } from '../database/connection';
import { explain } from '../logging/explain-error';
import { openDatabase } from '../migrator/open-database';
import { registerModels } from '../models';

/** `npm run admin:reset -- <email>`: gives the shop an administrator with a new password, which it prints this once. */
async function resetCommand(email: string | undefined): Promise<void> {
  if (!email) throw new Error('Say whose: npm run admin:reset -- <email>');
  loadEnvFile();
  const env = loadEnv();
  const { NODE_ENV, DATA_DIR, DATABASE_URL } = env;
  const database = await openDatabase({ NODE_ENV, DATA_DIR, DATABASE_URL });
  const sequelize = connect({ ...env, DATABASE_URL: database.url });
  try {
    registerModels(sequelize);
    const { isNew, password } = await resetAdministrator(sequelize, email);
    const done = isNew ? 'Made the administrator' : 'Reset the administrator';
    process.stdout.write(`${done} ${email} with the password ${password}\n(shown this once; it is stored only as a hash).\n`);
  } finally {
    await sequelize.close();
    await database.stop();
  }
}

resetCommand(process.argv[2]).catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
});
