/*
 * What the application's role lacks or has too much, as the statements that mend it. Rules, no list of tables:
 *
 * - An ordinary table can be read, inserted, updated and deleted; never truncated, referred to, or given triggers.
 * - A guard that refuses a change (a BEFORE trigger of `refuse_change`, `guard_ledger_delete` or `refuse_erasure`) takes the privilege for
 *   that change.
 * - A partition is reached through its parent; the list of the migrations and pg-boss's schedules are only read, and its queues never
 *   changed (each start of pg-boss inserts one of its own, unless it is there).
 * - A function of the shop that returns nothing is a command of the owner (attach_triggers, make_audit_partitions).
 * - Nothing can be created anywhere: an object of its own that comes first in a search path (a temporary table named audit_logs) would
 *   take what a trigger writes.
 *
 * Parameters: the role, and the schemas beside the current one. https://www.postgresql.org/docs/current/ddl-priv.html
 */
export const MISSING_STATEMENTS = `
  WITH app AS (
    SELECT oid, quote_ident(rolname) AS name FROM pg_roles WHERE rolname = $1
  ),
  schemas AS (
    SELECT oid, nspname FROM pg_namespace WHERE oid = current_schema()::regnamespace OR nspname = ANY ($2::text[])
  ),
  relations AS (
    SELECT c.oid, format('%I.%I', s.nspname, c.relname) AS name, c.relkind, c.relispartition,
      CASE
        WHEN c.relname = 'SequelizeMeta' OR s.nspname = 'pgboss' AND c.relname IN ('schedule', 'subscription') THEN '{INSERT,UPDATE,DELETE}'
        WHEN s.nspname = 'pgboss' AND c.relname = 'queue' THEN '{UPDATE,DELETE}'
      END::text[] AS refused
    FROM pg_class c JOIN schemas s ON s.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm') AND pg_has_role(c.relowner, 'USAGE')
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  ),
  -- The bits of pg_trigger.tgtype: src/include/catalog/pg_trigger.h of PostgreSQL.
  privileges (privilege, event) AS (
    VALUES ('SELECT', NULL), ('INSERT', 4), ('UPDATE', 16), ('DELETE', 8), ('TRUNCATE', NULL), ('REFERENCES', NULL), ('TRIGGER', NULL)
  ),
  judged AS (
    SELECT r.name, p.privilege,
      NOT r.relispartition AND (
        p.privilege = 'SELECT'
        OR r.relkind IN ('r', 'p') AND p.privilege <> ALL (coalesce(r.refused, '{}')) AND p.event IS NOT NULL AND NOT EXISTS (
          SELECT FROM pg_trigger t JOIN pg_proc f ON f.oid = t.tgfoid
          WHERE t.tgrelid = r.oid AND f.proname IN ('refuse_change', 'guard_ledger_delete', 'refuse_erasure') AND t.tgtype & 2 = 2 AND t.tgtype & p.event = p.event
        )
      ) AS is_wanted,
      has_table_privilege(app.oid, r.oid, p.privilege) AS is_held,
      p.privilege IN ('INSERT', 'UPDATE', 'REFERENCES') AND has_any_column_privilege(app.oid, r.oid, p.privilege) AS is_held_of_a_column
    FROM relations r, privileges p, app
  ),
  routines AS (
    SELECT p.oid::regprocedure::text AS name FROM pg_proc p, app
    WHERE p.pronamespace = current_schema()::regnamespace AND (p.prorettype = 'void'::regtype OR p.prokind = 'p') AND pg_has_role(p.proowner, 'USAGE') AND has_function_privilege(app.oid, p.oid, 'EXECUTE')
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
  ),
  database AS (SELECT oid, quote_ident(datname) AS name FROM pg_database WHERE datname = current_database())
  SELECT format('GRANT %s ON %s TO %s', string_agg(privilege, ', '), judged.name, app.name) AS statement
    FROM judged, app WHERE is_wanted AND NOT is_held GROUP BY judged.name, app.name
  UNION ALL
  -- SELECT alone harms nothing, and a monitoring role may bring it.
  SELECT format('REVOKE %s ON %s FROM PUBLIC, %s', string_agg(privilege, ', '), judged.name, app.name)
    FROM judged, app WHERE NOT is_wanted AND (is_held OR is_held_of_a_column) AND privilege <> 'SELECT' GROUP BY judged.name, app.name
  UNION ALL
  SELECT format('REVOKE EXECUTE ON ROUTINE %s FROM PUBLIC, %s', routines.name, app.name) FROM routines, app
  UNION ALL
  SELECT format('GRANT USAGE ON SCHEMA %I TO %s', nspname, app.name) FROM schemas, app WHERE NOT has_schema_privilege(app.oid, schemas.oid, 'USAGE')
  UNION ALL
  -- Before PostgreSQL 15 everybody may create in a schema public that the owner of the database does not own.
  SELECT CASE WHEN nspname = current_schema() AND NOT pg_has_role(nspowner, 'USAGE') THEN format('ALTER SCHEMA %I OWNER TO %I', nspname, current_user)
    ELSE format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC, %s', nspname, app.name) END FROM pg_namespace, app
    WHERE nspname !~ '^pg_(toast_)?temp_' AND has_schema_privilege(app.oid, pg_namespace.oid, 'CREATE')
  UNION ALL
  SELECT format('GRANT CONNECT ON DATABASE %s TO %s', database.name, app.name) FROM database, app
    WHERE NOT has_database_privilege(app.oid, database.oid, 'CONNECT')
  UNION ALL
  SELECT format('REVOKE CREATE, TEMPORARY ON DATABASE %s FROM PUBLIC, %s', database.name, app.name) FROM database, app
    WHERE has_database_privilege(app.oid, database.oid, 'CREATE') OR has_database_privilege(app.oid, database.oid, 'TEMPORARY')`;

/*
 * What makes the role more than the application's, as the statements that a superuser runs against it. Of what the whole server has, only
 * this database is its own to own; large objects are nobody's way to a table. Parameter: the role.
 */
export const SUPERUSERS_STATEMENTS = `
  WITH app AS (SELECT *, quote_ident(rolname) AS name FROM pg_roles WHERE rolname = $1)
  SELECT format('ALTER ROLE %s NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS', name) AS statement
    FROM app WHERE rolsuper OR rolcreaterole OR rolreplication OR rolbypassrls
  UNION ALL
  SELECT format('REVOKE %I FROM %s', r.rolname, app.name) FROM app, pg_roles r
    WHERE NOT app.rolsuper AND r.oid <> app.oid AND pg_has_role(app.oid, r.oid, 'MEMBER')
      AND (r.rolname = current_user OR r.rolsuper OR r.rolname IN ('pg_write_all_data', 'pg_maintain', 'pg_write_server_files', 'pg_execute_server_program')
        OR EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relowner = r.oid))
  UNION ALL
  SELECT format('REASSIGN OWNED BY %s TO %I', app.name, current_user) FROM app
    WHERE EXISTS (
      SELECT FROM pg_shdepend d JOIN pg_database b ON b.datname = current_database()
      WHERE d.refclassid = 'pg_authid'::regclass AND d.refobjid = app.oid AND d.deptype = 'o' AND d.classid <> 'pg_largeobject'::regclass
        AND (d.dbid = b.oid OR d.classid = 'pg_database'::regclass AND d.objid = b.oid)
    )`;
