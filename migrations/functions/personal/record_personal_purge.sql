-- Writes purged rows of a table with personal columns into the audit log, with digests, and their values into audit_personal; those of a
-- person who is purged are kept nowhere. Arguments: the table's name, its secret columns, its personal columns, the column with the person
-- (none where nobody is known).
CREATE FUNCTION record_personal_purge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  WITH c AS MATERIALIZED (
    SELECT uuid_v7() AS entry_id, clock_timestamp()::timestamptz(3) AS recorded_at, gen_random_uuid()::text AS salt, r.id AS row_id,
      r.recorded_values, personal_of(r.recorded_values, TG_ARGV[2]::text[]) AS personal_values, w.*
    FROM (SELECT o.id, recorded(to_jsonb(o), TG_ARGV[1]::text[]) AS recorded_values FROM old_rows o OFFSET 0) r,
      (SELECT units_of_work() AS units OFFSET 0) u, unit_of(u.units, r.id) w
  ),
  logged AS (
    INSERT INTO audit_logs
      (id, change_set_id, table_name, record_id, action, old_values, actor_id, actor, request_id, ip, user_agent, reason, occurred_at)
    SELECT entry_id, change_set_id, TG_ARGV[0], row_id, 'PURGE', digested(recorded_values, personal_values, salt),
      actor_id, actor, request_id, ip, user_agent, reason, recorded_at FROM c
  )
  INSERT INTO audit_personal (id, audit_log_occurred_at, audit_log_id, user_id, old_values, salt)
  SELECT uuid_v7(), c.recorded_at, c.entry_id, v.id, c.personal_values, c.salt
  FROM c LEFT JOIN users v ON v.id = (c.recorded_values ->> TG_ARGV[3])::uuid
  WHERE c.personal_values IS NOT NULL AND (v.id IS NOT NULL OR c.recorded_values ->> TG_ARGV[3] IS NULL);
  RETURN NULL;
END
$$;

-- The same for new rows, as a statement of the function that attach_triggers makes for a table.
CREATE FUNCTION personal_insert_statement() RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT $text$
        WITH c AS MATERIALIZED (
          SELECT uuid_v7() AS entry_id, clock_timestamp()::timestamptz(3) AS recorded_at, gen_random_uuid()::text AS salt, r.id AS row_id,
            r.recorded_values, personal_of(r.recorded_values, TG_ARGV[2]::text[]) AS personal_values, w.*
          FROM (SELECT n.id, recorded(to_jsonb(n), TG_ARGV[1]::text[]) AS recorded_values FROM new_rows n OFFSET 0) r,
            (SELECT units_of_work() AS units OFFSET 0) u, unit_of(u.units, r.id) w
        ),
        logged AS (
          INSERT INTO audit_logs
            (id, change_set_id, table_name, record_id, action, new_values, actor_id, actor, request_id, ip, user_agent, reason, occurred_at)
          SELECT entry_id, change_set_id, TG_ARGV[0], row_id, 'CREATE', digested(recorded_values, personal_values, salt),
            actor_id, actor, request_id, ip, user_agent, reason, recorded_at FROM c
        )
        INSERT INTO audit_personal (id, audit_log_occurred_at, audit_log_id, user_id, new_values, salt)
        SELECT uuid_v7(), recorded_at, entry_id, (recorded_values ->> TG_ARGV[3])::uuid, personal_values, salt FROM c WHERE personal_values IS NOT NULL;$text$
$$;

-- The same for changed rows.
CREATE FUNCTION personal_update_statement() RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT $text$
        WITH c AS (
          SELECT uuid_v7() AS entry_id, clock_timestamp()::timestamptz(3) AS recorded_at, gen_random_uuid()::text AS salt, r.id AS row_id,
            (r.is_ ->> TG_ARGV[3])::uuid AS person_id,
            CASE
              WHEN r.was ->> 'deleted_at' IS NULL AND r.is_ ->> 'deleted_at' IS NOT NULL THEN 'DELETE'
              WHEN r.was ->> 'deleted_at' IS NOT NULL AND r.is_ ->> 'deleted_at' IS NULL THEN 'RESTORE'
              ELSE 'UPDATE'
            END AS action, recorded(d.old_values, TG_ARGV[1]::text[]) AS old_values, recorded(d.new_values, TG_ARGV[1]::text[]) AS new_values, w.*
          FROM (SELECT n.id, to_jsonb(o) AS was, to_jsonb(n) AS is_ FROM new_rows n FULL JOIN old_rows o ON o.id = n.id OFFSET 0) r,
          LATERAL (
            SELECT jsonb_object_agg(key, r.was -> key) AS old_values, jsonb_object_agg(key, value) AS new_values
            FROM jsonb_each(r.is_) WHERE r.was -> key IS DISTINCT FROM value
            HAVING count(*) FILTER (WHERE key NOT IN ('version', 'edited_version', 'updated_at', 'updated_by', 'search_vector', 'in_stock')) > 0
          ) d, (SELECT units_of_work() AS units OFFSET 0) u, unit_of(u.units, r.id) w
        ),
        p AS MATERIALIZED (
          SELECT c.*, personal_of(c.old_values, TG_ARGV[2]::text[]) AS old_personal, personal_of(c.new_values, TG_ARGV[2]::text[]) AS new_personal FROM c
        ),
        logged AS (
          INSERT INTO audit_logs
            (id, change_set_id, table_name, record_id, action, old_values, new_values, actor_id, actor, request_id, ip, user_agent, reason, occurred_at)
          SELECT entry_id, change_set_id, TG_ARGV[0], row_id, action, digested(old_values, old_personal, salt),
            digested(new_values, new_personal, salt), actor_id, actor, request_id, ip, user_agent, reason, recorded_at FROM p
        )
        INSERT INTO audit_personal (id, audit_log_occurred_at, audit_log_id, user_id, old_values, new_values, salt)
        SELECT uuid_v7(), recorded_at, entry_id, person_id, old_personal, new_personal, salt FROM p
        WHERE old_personal IS NOT NULL OR new_personal IS NOT NULL;$text$
$$;
