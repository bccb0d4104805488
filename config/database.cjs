// What sequelize-cli connects with: DATABASE_URL, else the embedded server, which is shared where it runs and started where it doesn't.
// Plain JavaScript, because sequelize-cli reads it by a dynamic import, which tsx's require hook doesn't reach.
require('tsx/cjs');

module.exports = async () => {
  const { openDatabase } = require('../src/migrator/open-database.ts');
  const database = await openDatabase(process.env);
  // sequelize-cli ends by process.exit; stopping sends its signal at once.
  process.once('exit', () => void database.stop());
  return { url: database.url, dialect: 'postgres', logging: false };
};
