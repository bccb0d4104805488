import { migration } from './support/migration';

/*
 * The same records as before, for less: settings are read once a statement, not once a row; `recorded` has no sub-select any more
 * where there are no secrets, so that PostgreSQL inlines it; and an update of no row ends at once.
 */
export = migration(
  `
  CREATE FUNCTION recorded_without(values_ jsonb, secrets text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (values_ - '{search_vector,in_stock,updated_at}'::text[]) ||
      (SELECT coalesce(jsonb_object_agg(name, '[secret]'), '{}') FROM unnest(secrets) AS name WHERE jsonb_typeof(values_ -> name) <> 'null')
  $$;

  CREATE OR REPLACE FUNCTION recorded(values_ jsonb, secrets text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN secrets = '{}' THEN values_ - '{search_vector,in_stock,updated_at}'::text[] ELSE recorded_without(values_, secrets) END
  $$;

  -- What is read here is named so that no column of an audited table can be meant.
  CREATE OR REPLACE FUNCTION record_changes() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    secrets text[] := TG_ARGV[1]::text[];
    the_actor_id uuid := work_setting('app.actor_id')::uuid;
    the_actor text := coalesce(work_setting('app.actor'), 'db:' || session_user);
    the_request_id text := work_setting('app.request_id');
    the_ip text := work_setting('app.ip');
    the_client text := work_setting('app.user_agent');
    the_reason text := work_setting('app.reason');
  BEGIN
    IF TG_OP = 'INSERT' THEN
      INSERT INTO audit_logs (id, table_name, record_id, action, new_values, actor_id, actor, request_id, ip, user_agent, reason)
      SELECT uuid_v7(), TG_ARGV[0], n.id, 'CREATE', recorded(to_jsonb(n), secrets), the_actor_id, the_actor, the_request_id, the_ip, the_client, the_reason
      FROM new_rows n;
    ELSIF TG_OP = 'DELETE' THEN
      INSERT INTO audit_logs (id, table_name, record_id, action, old_values, actor_id, actor, request_id, ip, user_agent, reason)
      SELECT uuid_v7(), TG_ARGV[0], o.id, 'PURGE', recorded(to_jsonb(o), secrets), the_actor_id, the_actor, the_request_id, the_ip, the_client, the_reason
      FROM old_rows o;
    ELSIF EXISTS (SELECT FROM new_rows) THEN
      INSERT INTO audit_logs (id, table_name, record_id, action, old_values, new_values, actor_id, actor, request_id, ip, user_agent, reason)
      SELECT uuid_v7(), TG_ARGV[0], r.id,
        CASE
          WHEN r.was ->> 'deleted_at' IS NULL AND r.is_ ->> 'deleted_at' IS NOT NULL THEN 'DELETE'
          WHEN r.was ->> 'deleted_at' IS NOT NULL AND r.is_ ->> 'deleted_at' IS NULL THEN 'RESTORE'
          ELSE 'UPDATE'
        END,
        recorded(d.old_values, secrets), recorded(d.new_values, secrets), the_actor_id, the_actor, the_request_id, the_ip, the_client, the_reason
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
  `,
  `
  -- A row as it is recorded: without what is derived, secrets without their value.
  CREATE OR REPLACE FUNCTION recorded(values_ jsonb, secrets text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN secrets = '{}' THEN values_ - '{search_vector,in_stock,updated_at}'::text[]
      ELSE (values_ - '{search_vector,in_stock,updated_at}'::text[]) ||
        (SELECT coalesce(jsonb_object_agg(name, '[secret]'), '{}') FROM unnest(secrets) AS name WHERE jsonb_typeof(values_ -> name) <> 'null')
      END
  $$;

  DROP FUNCTION recorded_without(jsonb, text[]);

  CREATE OR REPLACE FUNCTION record_changes() RETURNS trigger LANGUAGE plpgsql AS $$
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
  `,
);
