import { auditTriggers, migration } from './support/migration';

/** What is audited, with the columns that are recorded as changed but never with their value. */
const AUDITED: Readonly<Record<string, readonly string[]>> = {
  users: ['password_hash'],
  profiles: [],
  roles: [],
  permissions: [],
  user_roles: [],
  categories: [],
  products: [],
  product_images: [],
  tags: [],
  product_tags: [],
  orders: [],
  order_items: [],
  refunds: [],
};

const NAMES = Object.keys(AUDITED);

export = migration(
  `
  CREATE TABLE audit_logs (
    id uuid NOT NULL CONSTRAINT audit_logs_pk PRIMARY KEY,
    table_name text NOT NULL,
    record_id uuid NOT NULL,
    action text NOT NULL CONSTRAINT audit_logs_action_check CHECK (action IN ('CREATE', 'UPDATE', 'DELETE', 'RESTORE', 'PURGE')),
    old_values jsonb NULL,
    new_values jsonb NULL,
    actor_id uuid NULL,
    actor text NOT NULL,
    request_id text NULL,
    ip text NULL,
    user_agent text NULL,
    reason text NULL,
    occurred_at timestamptz NOT NULL DEFAULT clock_timestamp()
  );
  CREATE INDEX audit_logs_occurred_at_idx ON audit_logs (occurred_at, id);
  CREATE INDEX audit_logs_record_id_idx ON audit_logs (record_id, occurred_at, id);
  CREATE INDEX audit_logs_table_name_idx ON audit_logs (table_name, occurred_at, id);
  CREATE INDEX audit_logs_actor_id_idx ON audit_logs (actor_id, occurred_at, id);
  CREATE INDEX audit_logs_request_id_idx ON audit_logs (request_id);
  CREATE TRIGGER audit_logs_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_logs
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('audit_logs');
  REVOKE UPDATE, DELETE, TRUNCATE ON audit_logs FROM PUBLIC, CURRENT_USER;

  -- A row as it is recorded: without what is derived, secrets without their value.
  CREATE FUNCTION recorded(values_ jsonb, secrets text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN secrets = '{}' THEN values_ - '{search_vector,in_stock,updated_at}'::text[]
      ELSE (values_ - '{search_vector,in_stock,updated_at}'::text[]) ||
        (SELECT coalesce(jsonb_object_agg(name, '[secret]'), '{}') FROM unnest(secrets) AS name WHERE jsonb_typeof(values_ -> name) <> 'null')
      END
  $$;

  /*
   * Arguments: the table's name, its secret columns. An update records the columns that differ, and the versions; one that changes
   * nothing but the stamps leaves no row.
   */
  CREATE FUNCTION record_changes() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    secrets text[] := TG_ARGV[1]::text[];
    who text := coalesce(work_setting('app.actor'), 'db:' || session_user);
  BEGIN
    IF TG_OP = 'INSERT' THEN
      INSERT INTO audit_logs (id, table_name, record_id, action, new_values, actor_id, actor, request_id, ip, user_agent, reason)
      SELECT uuid_v7(), TG_ARGV[0], n.id, 'CREATE', recorded(to_jsonb(n), secrets), work_setting('app.actor_id')::uuid, who,
        work_setting('app.request_id'), work_setting('app.ip'), work_setting('app.user_agent'), work_setting('app.reason')
      FROM new_rows n;
    ELSIF TG_OP = 'DELETE' THEN
      INSERT INTO audit_logs (id, table_name, record_id, action, old_values, actor_id, actor, request_id, ip, user_agent, reason)
      SELECT uuid_v7(), TG_ARGV[0], o.id, 'PURGE', recorded(to_jsonb(o), secrets), work_setting('app.actor_id')::uuid, who,
        work_setting('app.request_id'), work_setting('app.ip'), work_setting('app.user_agent'), work_setting('app.reason')
      FROM old_rows o;
    ELSE
      INSERT INTO audit_logs (id, table_name, record_id, action, old_values, new_values, actor_id, actor, request_id, ip, user_agent, reason)
      SELECT uuid_v7(), TG_ARGV[0], r.id,
        CASE
          WHEN r.was ->> 'deleted_at' IS NULL AND r.is_ ->> 'deleted_at' IS NOT NULL THEN 'DELETE'
          WHEN r.was ->> 'deleted_at' IS NOT NULL AND r.is_ ->> 'deleted_at' IS NULL THEN 'RESTORE'
          ELSE 'UPDATE'
        END,
        recorded(d.old_values, secrets), recorded(d.new_values, secrets), work_setting('app.actor_id')::uuid, who,
        work_setting('app.request_id'), work_setting('app.ip'), work_setting('app.user_agent'), work_setting('app.reason')
      FROM (SELECT n.id, to_jsonb(o) AS was, to_jsonb(n) AS is_ FROM new_rows n JOIN old_rows o ON o.id = n.id OFFSET 0) r,
      LATERAL (
        SELECT jsonb_object_agg(key, r.was -> key) AS old_values, jsonb_object_agg(key, value) AS new_values
        FROM jsonb_each(r.is_) WHERE r.was -> key IS DISTINCT FROM value
        HAVING count(*) FILTER (WHERE key NOT IN ('version', 'updated_at', 'updated_by', 'search_vector', 'in_stock')) > 0
      ) d;
    END IF;
    RETURN NULL;
  END
  $$;

  ${Object.entries(AUDITED)
    .map(([table, secrets]) => auditTriggers(table, secrets))
    .join('\n')}
  `,
  `
  ${NAMES.map((table) => ['insert', 'update', 'delete'].map((verb) => `DROP TRIGGER ${table}_audit_${verb} ON ${table};`).join('\n')).join('\n')}
  DROP FUNCTION record_changes();
  DROP FUNCTION recorded(jsonb, text[]);
  DROP TABLE audit_logs;
  `,
);
