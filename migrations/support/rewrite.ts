/**
 * Lets the transaction of a migration take up to half an hour, for a change that makes PostgreSQL write the whole table anew, in one step
 * and with nobody else at the table: a minute is enough for about half a million rows.
 */
export const REWRITE = `SET LOCAL statement_timeout = '30min';`;
