-- A row as the audit log keeps it: without generated columns and updated_at, and secret columns without their value.
CREATE FUNCTION recorded_without(row_values jsonb, secrets text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (row_values - '{search_vector,in_stock,updated_at}'::text[]) ||
    (SELECT coalesce(jsonb_object_agg(name, '[secret]'), '{}') FROM unnest(secrets) AS name WHERE jsonb_typeof(row_values -> name) <> 'null')
$$;

CREATE FUNCTION recorded(row_values jsonb, secrets text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN secrets = '{}' THEN row_values - '{search_vector,in_stock,updated_at}'::text[] ELSE recorded_without(row_values, secrets) END
$$;

-- Writes the changes of a statement into the audit log, one insert however many rows. Arguments: the table's name, its secret columns.
-- An update records the columns that differ, and the versions; one that changes nothing but the stamps leaves no row.
CREATE FUNCTION record_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  secrets text[] := TG_ARGV[1]::text[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO audit_logs (id, change_set_id, table_name, record_id, action, new_values, actor_id, actor, request_id, ip, user_agent, reason)
    SELECT uuid_v7(), w.change_set_id, TG_ARGV[0], n.id, 'CREATE', recorded(to_jsonb(n), secrets),
      w.actor_id, w.actor, w.request_id, w.ip, w.user_agent, w.reason
    FROM new_rows n, (SELECT units_of_work() AS units OFFSET 0) u, unit_of(u.units, n.id) w;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO audit_logs (id, change_set_id, table_name, record_id, action, old_values, actor_id, actor, request_id, ip, user_agent, reason)
    SELECT uuid_v7(), w.change_set_id, TG_ARGV[0], o.id, 'PURGE', recorded(to_jsonb(o), secrets),
      w.actor_id, w.actor, w.request_id, w.ip, w.user_agent, w.reason
    FROM old_rows o, (SELECT units_of_work() AS units OFFSET 0) u, unit_of(u.units, o.id) w;
  ELSIF EXISTS (SELECT FROM new_rows) THEN
    INSERT INTO audit_logs
      (id, change_set_id, table_name, record_id, action, old_values, new_values, actor_id, actor, request_id, ip, user_agent, reason)
    SELECT uuid_v7(), w.change_set_id, TG_ARGV[0], r.id,
      CASE
        WHEN r.was ->> 'deleted_at' IS NULL AND r.is_ ->> 'deleted_at' IS NOT NULL THEN 'DELETE'
        WHEN r.was ->> 'deleted_at' IS NOT NULL AND r.is_ ->> 'deleted_at' IS NULL THEN 'RESTORE'
        ELSE 'UPDATE'
      END,
      recorded(d.old_values, secrets), recorded(d.new_values, secrets), w.actor_id, w.actor, w.request_id, w.ip, w.user_agent, w.reason
    FROM (SELECT n.id, to_jsonb(o) AS was, to_jsonb(n) AS is_ FROM new_rows n JOIN old_rows o ON o.id = n.id OFFSET 0) r,
    LATERAL (
      SELECT jsonb_object_agg(key, r.was -> key) AS old_values, jsonb_object_agg(key, value) AS new_values
      FROM jsonb_each(r.is_) WHERE r.was -> key IS DISTINCT FROM value
      HAVING count(*) FILTER (WHERE key NOT IN ('version', 'updated_at', 'updated_by', 'search_vector', 'in_stock')) > 0
    ) d, (SELECT units_of_work() AS units OFFSET 0) u, unit_of(u.units, r.id) w;
  END IF;
  RETURN NULL;
END
$$;
