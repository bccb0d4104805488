/** A statement that somebody with the password of the API tries, by what it tries to do; `refused` is the SQLSTATE, 42501 by default. */
export interface Way {
  readonly does: string;
  readonly sql: string;
  readonly refused?: string;
}

const way = (does: string, sql: string, refused?: string): Way => ({ does, sql, ...(refused && { refused }) });

const COPY = 'COPY audit_logs (id, change_set_id, table_name, record_id, action, actor) FROM STDIN';
const FORGED = `(id, change_set_id, table_name, record_id, action, actor, occurred_at)
  SELECT uuid_v7(), uuid_v7(), 'products', uuid_v7(), 'UPDATE', 'user:nobody', now() - interval '1 year'`;
const MOVEMENT = `(id, product_id, delta, reason, quantity_after) SELECT uuid_v7(), id, 5, 'restock', 5 FROM products LIMIT 1`;

/** What rewrites rows of the log or a ledger, whatever the statement is called. */
export const REWRITING: readonly Way[] = [
  way('updates the log', `UPDATE audit_logs SET actor = 'nobody'`),
  way('updates one column that a foreign key may lock', 'UPDATE audit_logs SET id = id'),
  way('deletes from the log', 'DELETE FROM audit_logs'),
  way('truncates the log', 'TRUNCATE audit_logs'),
  way('truncates the log by its parents', 'TRUNCATE users CASCADE'),
  way('updates a stock movement', 'UPDATE stock_movements SET delta = 1'),
  way('deletes stock movements whose product stays', 'DELETE FROM stock_movements'),
  way('updates a balance entry', 'UPDATE balance_entries SET amount = 1'),
  way('deletes balance entries whose owner stays', 'DELETE FROM balance_entries'),
  way('truncates a ledger', 'TRUNCATE stock_movements'),
  way('names the default partition', 'DELETE FROM audit_logs_default'),
  way('names the partition of a month', 'UPDATE {partition} SET actor = actor'),
  way('names another table than the log and joins it', 'DELETE FROM audit_logs l USING products p WHERE l.record_id = p.id'),
  way('writes in a CTE', 'WITH gone AS (DELETE FROM audit_logs RETURNING id) SELECT count(*) FROM gone'),
  way('writes while it explains', 'EXPLAIN ANALYZE DELETE FROM audit_logs'),
  way('prepares the statement first', 'PREPARE w AS UPDATE audit_logs SET reason = $1; EXECUTE w (NULL)'),
  way('writes in a DO block', 'DO $$ BEGIN DELETE FROM audit_logs; END $$'),
  way('builds the statement as it runs', `DO $$ BEGIN EXECUTE 'DELETE FROM ' || 'audit_logs'; END $$`),
  way(
    'writes where a cursor stands',
    'DECLARE c CURSOR FOR SELECT * FROM audit_logs; UPDATE audit_logs SET actor = actor WHERE CURRENT OF c',
  ),
  way('merges', 'MERGE INTO audit_logs l USING products p ON l.record_id = p.id WHEN MATCHED THEN DELETE'),
  way(
    'resolves a conflict',
    `INSERT INTO audit_logs SELECT * FROM audit_logs ON CONFLICT (occurred_at, id) DO UPDATE SET actor = 'nobody'`,
  ),
  way('locks rows of the log', 'SELECT FROM audit_logs FOR UPDATE'),
  way('locks the whole log', 'DO $$ BEGIN LOCK TABLE audit_logs IN ACCESS EXCLUSIVE MODE; END $$'),
  way('forges an entry', `INSERT INTO audit_logs ${FORGED}`),
  way('forges an entry in a partition', `INSERT INTO audit_logs_default ${FORGED}`),
  way('copies entries into the log', COPY),
  way('changes the personal values of an entry', `UPDATE audit_personal SET new_values = '{}'`),
  way('changes the salt that proves them', `UPDATE audit_personal SET salt = ''`),
  way('erases personal values', 'DELETE FROM audit_personal'),
  way('erases personal values in a DO block', 'DO $$ BEGIN DELETE FROM audit_personal; END $$'),
  way('truncates personal values', 'TRUNCATE audit_personal'),
  way(
    'forges personal values of an entry',
    `INSERT INTO audit_personal (id, audit_log_occurred_at, audit_log_id, new_values, salt) SELECT uuid_v7(), occurred_at, id, '{}', '' FROM audit_logs`,
  ),
  way('stops a schedule', 'DELETE FROM pgboss.schedule'),
  way('changes a schedule', `UPDATE pgboss.schedule SET cron = '* * * * *'`),
  way('drops a queue', `SELECT pgboss.delete_queue('imports')`),
  way('changes what a queue repeats', 'UPDATE pgboss.queue SET retry_limit = 0'),
  way('names the partition of a queue', 'DELETE FROM {queue}'),
  way('forges a stock movement', `INSERT INTO stock_movements ${MOVEMENT}`),
  way('forges a stock movement in a DO block', `DO $$ BEGIN INSERT INTO stock_movements ${MOVEMENT}; END $$`),
];

/** What switches the triggers and guards off, or puts something of one's own before them. */
export const SWITCHING_OFF: readonly Way[] = [
  way('switches a trigger off', 'ALTER TABLE audit_logs DISABLE TRIGGER audit_logs_append_only'),
  way('switches all triggers of a table off', 'ALTER TABLE products DISABLE TRIGGER ALL'),
  way('drops a trigger', 'DROP TRIGGER products_audit_update ON products'),
  way('renames a trigger', 'ALTER TRIGGER products_audit_update ON products RENAME TO nothing'),
  way('adds a trigger', 'CREATE TRIGGER a BEFORE INSERT ON audit_logs EXECUTE FUNCTION refuse_change()'),
  way('has the session skip triggers', 'SET session_replication_role = replica'),
  way('has the session skip triggers by a function', `SELECT set_config('session_replication_role', 'replica', false)`),
  way('has its later sessions skip triggers', 'ALTER ROLE CURRENT_USER SET session_replication_role = replica'),
  way('has all sessions skip triggers', 'ALTER SYSTEM SET session_replication_role = replica'),
  way('has the database skip triggers', 'ALTER DATABASE {database} SET session_replication_role = replica'),
  way('edits the catalogue', `UPDATE pg_trigger SET tgenabled = 'D'`),
  way('replaces a function', `CREATE OR REPLACE FUNCTION record_changes() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'`),
  way('drops a function with its triggers', 'DROP FUNCTION refuse_change() CASCADE'),
  way('adds a rule', 'CREATE RULE r AS ON INSERT TO audit_logs DO INSTEAD NOTHING'),
  way('adds a policy', 'CREATE POLICY p ON audit_logs USING (false)'),
  way('drops the log', 'DROP TABLE audit_logs CASCADE'),
  way('drops a column', 'ALTER TABLE audit_logs DROP COLUMN actor'),
  way('renames the log', 'ALTER TABLE audit_logs RENAME TO other_logs'),
  way('detaches a partition', 'ALTER TABLE audit_logs DETACH PARTITION audit_logs_default'),
  way('attaches a table', 'ALTER TABLE audit_logs ATTACH PARTITION "SequelizeMeta" DEFAULT'),
  way('hides the log behind a temporary table', 'CREATE TEMPORARY TABLE audit_logs (id uuid)'),
  way('hides the log behind a temporary view', 'CREATE TEMPORARY VIEW audit_logs AS SELECT 1'),
  way('selects into a temporary table', 'SELECT * INTO TEMPORARY audit_logs FROM products'),
  way('makes a table', 'CREATE TABLE mine (n int)'),
  way('makes a view to write through', 'CREATE VIEW mine AS SELECT * FROM audit_logs'),
  way('makes a schema for its own functions', 'CREATE SCHEMA mine'),
  way('makes a function', `CREATE FUNCTION to_jsonb(products) RETURNS jsonb LANGUAGE sql AS 'SELECT NULL::jsonb'`),
  way('makes a function that goes with the session', `CREATE FUNCTION pg_temp.uuid_v7() RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid'`),
  way('makes an operator', 'CREATE OPERATOR public.= (LEFTARG = uuid, RIGHTARG = uuid, FUNCTION = uuid_ne)'),
  way('makes a domain', 'CREATE DOMAIN public.jsonb AS text'),
  way('adds an extension', 'CREATE EXTENSION postgres_fdw'),
  way('adds a language', 'CREATE LANGUAGE plperl'),
  way('adds an event trigger', 'CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION refuse_change()'),
  way('rebuilds the indexes', 'REINDEX TABLE audit_logs'),
  way('edits the list of migrations', `DELETE FROM "SequelizeMeta"`),
];

/** What makes more of the role, or leaves the database. */
export const RISING: readonly Way[] = [
  way('becomes the owner', 'SET ROLE {owner}'),
  way('becomes the superuser', 'SET ROLE postgres'),
  way('logs in anew as the owner', 'SET SESSION AUTHORIZATION {owner}'),
  way('joins the owner', 'GRANT {owner} TO CURRENT_USER'),
  way('makes itself a superuser', 'ALTER ROLE CURRENT_USER SUPERUSER'),
  way('makes a role', 'CREATE ROLE mine SUPERUSER'),
  way("changes the owner's password", `ALTER ROLE {owner} PASSWORD 'known'`),
  way('takes the log', 'ALTER TABLE audit_logs OWNER TO CURRENT_USER'),
  way('takes all that the owner has', 'REASSIGN OWNED BY {owner} TO CURRENT_USER'),
  way('drops all that the owner has', 'DROP OWNED BY {owner}'),
  way("changes what the owner's new tables grant", 'ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT ALL ON TABLES TO PUBLIC'),
  way('drops the database', 'DROP DATABASE {database}'),
  way('makes partitions', 'SELECT make_audit_partitions(40)'),
  way('detaches the triggers by the owner’s function', `SELECT attach_triggers('products')`),
  way('calls a trigger function', 'SELECT refuse_change()', '0A000'),
  way('reads a file', `SELECT pg_read_file('/etc/passwd')`),
  way('lists files', `SELECT pg_ls_dir('.')`),
  way('imports a file', `SELECT lo_import('/etc/passwd')`),
  way('exports a file', `SELECT lo_export(1, '/tmp/stolen')`),
  way('copies into a file', `COPY products TO '/tmp/stolen'`),
  way('runs a program', `COPY products TO PROGRAM 'true'`),
  way('replays the log elsewhere', 'CREATE PUBLICATION mine FOR TABLE audit_logs'),
  way('keeps a replication slot', `SELECT pg_create_logical_replication_slot('mine', 'pgoutput')`),
  way("ends the owner's sessions", `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{owner}'`),
];
