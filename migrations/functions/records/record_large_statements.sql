-- Writes the changes of a statement into the audit log, one insert however many rows. Arguments: the table's name, its secret columns.
-- An update records the columns that differ, and the versions; one that changes nothing but the stamps leaves no row.
-- Old and new rows are in a FULL JOIN, which is always a hash or merge join: PostgreSQL keeps the plan of the first, small statements of
-- a connection, and as a nested loop it would compare each of ten thousand rows with each other.
CREATE OR REPLACE FUNCTION record_changes() RETURNS trigger LANGUAGE plpgsql AS $$
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
    FROM (SELECT n.id, to_jsonb(o) AS was, to_jsonb(n) AS is_ FROM new_rows n FULL JOIN old_rows o ON o.id = n.id OFFSET 0) r,
    LATERAL (
      SELECT jsonb_object_agg(key, r.was -> key) AS old_values, jsonb_object_agg(key, value) AS new_values
      FROM jsonb_each(r.is_) WHERE r.was -> key IS DISTINCT FROM value
      HAVING count(*) FILTER (WHERE key NOT IN ('version', 'updated_at', 'updated_by', 'search_vector', 'in_stock')) > 0
    ) d, (SELECT units_of_work() AS units OFFSET 0) u, unit_of(u.units, r.id) w;
  END IF;
  RETURN NULL;
END
$$;

-- After each statement, the path of every category that it wrote is its parent's path and its own id, and so is that of every child.
-- A path that grows with each level rules out cycles. Writers of the tree take one lock, the API's own (src/database/locks.ts), so that
-- two moves at once cannot make a cycle together; an edit that leaves the tree alone takes none. EXECUTE plans for the rows that there
-- are, and an aggregate for all of them: see record_changes.
CREATE OR REPLACE FUNCTION guard_category_tree() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  broken text;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NOT EXISTS (SELECT FROM new_rows n FULL JOIN old_rows o ON o.id = n.id WHERE (n.parent_id, n.path) IS DISTINCT FROM (o.parent_id, o.path)) THEN
      RETURN NULL;
    END IF;
  END IF;
  PERFORM pg_advisory_xact_lock(7002);
  EXECUTE $query$
    SELECT min(n.id::text) FROM new_rows n LEFT JOIN categories p ON p.id = n.parent_id WHERE n.path <> coalesce(p.path, '/') || n.id || '/'
  $query$ INTO broken;
  IF broken IS NULL THEN
    EXECUTE $query$
      SELECT min(c.id::text) FROM new_rows n JOIN categories c ON c.parent_id = n.id WHERE c.path <> n.path || c.id || '/'
    $query$ INTO broken;
  END IF;
  IF broken IS NOT NULL THEN
    RAISE EXCEPTION 'the path of category % does not follow its parent', broken
      USING ERRCODE = 'check_violation', CONSTRAINT = 'categories_tree_check', TABLE = 'categories';
  END IF;
  RETURN NULL;
END
$$;
