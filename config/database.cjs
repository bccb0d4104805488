// The connection of sequelize-cli: DATABASE_URL, else the embedded server, which starts unless it is running already.
// Plain JavaScript, because sequelize-cli loads it by a dynamic import, which tsx's require hook does not reach.
require('tsx/cjs');

module.exports = async () => {
  const { openDatabase } = require('../src/migrator/open-database.ts');
  const { pendingMigrations } = require('../src/migrator/pending-migrations.ts');
  const database = await openDatabase(process.env);
  // Refuses the database of another version before anything changes, also where sequelize-cli is called by hand.
  if (isMigration(process.argv) && !process.argv.includes('--migrations-path')) await pendingMigrations(database.url);
  // sequelize-cli ends by process.exit, so nothing can be awaited; stop() sends its signal synchronously.
  process.once('exit', () => void database.stop());
  return { url: database.url, dialect: 'postgres', logging: false };
};

function isMigration(args) {
  return args.some((arg) => arg.startsWith('db:migrate'));
}
