import { databaseAddress } from '../../database/connection/database-url';

/* What removes data, or loads a demo shop, of sequelize-cli's commands and ours. */
const CONFIRMED = /^(db:)?(drop|reset|migrate:undo(:\S+)?|seed(:\S+)?)$/;
const FLAG = '--confirm=';
/* Our scripts seed, and undo the seeding, as a whole. */
const SEED_ALL = /^(db:seed(:undo)?):all$/;

/** Throws where production runs a command that removes data or loads a demo shop, and no `--confirm=<database>` names its database. */
export function requireConfirmation(command: string, args: readonly string[], url: string, NODE_ENV: string): void {
  if (NODE_ENV !== 'production' || !CONFIRMED.test(command)) return;
  const { database = '', host = 'this machine' } = databaseAddress(url);
  if (args.includes(`${FLAG}${database}`)) return;
  const effect = /seed(:all)?$/.test(command) ? 'loads a demo shop into' : 'removes data from';
  throw new Error(
    `${command} ${effect} the database ${database} at ${host}, and NODE_ENV is production. ` +
      (command === 'db:drop'
        ? `To do that, use PostgreSQL's own command: dropdb ${database}`
        : `To do that, confirm it by the name of the database: npm run ${command.replace(SEED_ALL, '$1')} -- ${FLAG}${database}`),
  );
}

/** Returns the arguments without the confirmation, which sequelize-cli does not know. */
export function withoutConfirmation(args: readonly string[]): string[] {
  return args.filter((arg) => !arg.startsWith(FLAG));
}
