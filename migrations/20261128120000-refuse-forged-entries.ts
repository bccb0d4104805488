import { migration } from './support/migration';
import { createFunctions, dropFunctions } from './support/sql-functions';

/*
 * The API's role may insert into the audit log, because triggers do so with its privileges. Outside a trigger it must not: the log would
 * have entries of what never happened, at any time and by anybody.
 */
export = migration(
  `
  ${createFunctions(['refuse_forged_entry'])}
  CREATE TRIGGER audit_logs_insert_guard BEFORE INSERT ON audit_logs
    FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_forged_entry('audit_logs');
  `,
  `
  DROP TRIGGER audit_logs_insert_guard ON audit_logs;
  ${dropFunctions(['refuse_forged_entry'])}
  `,
);
