import { literal } from 'sequelize';

/**
 * Returns the database's time, plus seconds, for a column that Sequelize writes. Times of one shop come from one clock: several processes
 * write them, and their own clocks differ. It is typed as what a later read of the column returns.
 */
export function databaseTime(plusSeconds = 0): Date {
  return literal(`clock_timestamp() + interval '${Math.round(plusSeconds)} seconds'`) as unknown as Date;
}
