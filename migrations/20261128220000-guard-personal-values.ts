import { migration } from './support/migration';
import { createFunctions, dropFunctions } from './support/sql-functions';

/*
 * The personal values of an entry are a part of the audit log's record: nobody changes them, triggers alone write them, and the API's role
 * deletes none. They go with their person by the foreign key, whose cascade runs as the owner, or by the owner's own DELETE.
 */
export = migration(
  `
  ${createFunctions(['refuse_erasure'])}
  CREATE TRIGGER audit_personal_append_only BEFORE UPDATE OR TRUNCATE ON audit_personal
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('audit_personal');
  CREATE TRIGGER audit_personal_insert_guard BEFORE INSERT ON audit_personal
    FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_forged_entry('audit_personal');
  CREATE TRIGGER audit_personal_delete_guard BEFORE DELETE ON audit_personal
    FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_erasure('audit_personal');
  `,
  `
  DROP TRIGGER audit_personal_delete_guard ON audit_personal;
  DROP TRIGGER audit_personal_insert_guard ON audit_personal;
  DROP TRIGGER audit_personal_append_only ON audit_personal;
  ${dropFunctions(['refuse_erasure'])}
  `,
);
