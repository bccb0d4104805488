// What sequelize-cli connects with: DATABASE_URL, else the embedded server, which is shared where it runs and started where it doesn't.
// Plain JavaScript, because sequelize-cli reads it by a dynamic import, which tsx's require hook doesn't reach.
require('tsx/cjs');

module.exports = async () => {
  const { openDatabase } = require('../src/migrator/open-database.ts');
  const { pendingMigrations } = require('../src/migrator/pending-migrations.ts');
  const database = await openDatabase(process.env);
  // A database of another version is refused before anything changes, also where sequelize-cli is called by hand.
  if (isMigration(process.argv) && !process.argv.includes('--migrations-path')) await pendingMigrations(database.url);
  // sequelize-cli ends by process.exit; stopping sends its signal at once.
  process.once('exit', () => void database.stop());
  return { url: database.url, dialect: 'postgres', logging: false };
};

function isMigration(args) {
  return args.some((arg) => arg.startsWith('db:migrate'));
}
