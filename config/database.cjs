// The connection of sequelize-cli: DATABASE_URL, else the embedded server, which starts unless it is running already.
// Plain JavaScript, because sequelize-cli loads it by a dynamic import, which tsx's require hook does not reach.
require('tsx/cjs');

module.exports = async () => {
  const { cliConnection } = require('../src/migrator/cli/cli-connection.ts');
  return cliConnection(process.argv.slice(2), process.env.STOREKEEPER_MIGRATION_LOCK);
};
