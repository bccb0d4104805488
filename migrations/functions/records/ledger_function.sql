-- The text of the trigger function that writes ledger and audit log of an update, in one statement. It compares the columns one by one:
-- making jsonb of whole rows, as record_changes does, costs more than the rest of a sale. Each row is recorded with its own unit of work.
CREATE FUNCTION ledger_function(target text, secrets text[], counter text) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  old_members text;
  new_members text;
  -- The ledger, its columns (owner, difference, count after it, kind), and the unit's variable that names the kind.
  ledger text[] := CASE counter
    WHEN 'stock_quantity' THEN '{stock_movements,product_id,delta,quantity_after,reason,stock_reason}'::text[]
    WHEN 'balance' THEN '{balance_entries,user_id,amount,balance_after,kind,balance_kind}'::text[]
  END;
BEGIN
  SELECT string_agg(changed_member('o', name, name = ANY (secrets)), ', ' ORDER BY position),
    string_agg(changed_member('n', name, name = ANY (secrets)), ', ' ORDER BY position)
  INTO old_members, new_members
  FROM columns_of(target) WHERE name NOT IN ('id', 'version', 'updated_by', 'updated_at');
  RETURN format($text$
    CREATE OR REPLACE FUNCTION record_%1$s_update() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
      WITH c AS MATERIALIZED (
        SELECT c.*, w.* FROM (
          SELECT n.id, o.%2$I AS before, n.%2$I AS after,
            CASE WHEN (o.deleted_at IS NULL) = (n.deleted_at IS NULL) THEN 'UPDATE' WHEN o.deleted_at IS NULL THEN 'DELETE' ELSE 'RESTORE' END AS action,
            ',"version":' || o.version || coalesce(',' || %3$s, '') || '}' AS old_stamps,
            ',"version":' || n.version || coalesce(',' || %4$s, '') || '}' AS new_stamps,
            concat_ws(',', %5$s) AS old_values,
            concat_ws(',', %6$s) AS new_values
          FROM new_rows n JOIN old_rows o ON o.id = n.id OFFSET 0
        ) c, (SELECT units_of_work() AS units OFFSET 0) u, unit_of(u.units, c.id) w
      ),
      moved AS (
        INSERT INTO %7$I (id, %8$I, %9$I, %10$I, %11$I, order_id, refund_id, note, actor_id)
        SELECT uuid_v7(), id, after - before, after, coalesce(%12$I, 'adjustment'), order_id, refund_id, ledger_note, actor_id
        FROM c WHERE after <> before
      )
      INSERT INTO audit_logs
        (id, change_set_id, table_name, record_id, action, old_values, new_values, actor_id, actor, request_id, ip, user_agent, reason)
      SELECT uuid_v7(), change_set_id, TG_ARGV[0], id, action, ('{' || old_values || old_stamps)::jsonb, ('{' || new_values || new_stamps)::jsonb,
        actor_id, actor, request_id, ip, user_agent, reason
      FROM c WHERE new_values <> '';
      RETURN NULL;
    END
    $body$
  $text$, target, counter, changed_member('o', 'updated_by', false), changed_member('n', 'updated_by', false), old_members, new_members,
    ledger[1], ledger[2], ledger[3], ledger[4], ledger[5], ledger[6]);
END
$$;

-- One member of a JSON object as SQL text: a column's value before (o) or after (n), null where the column did not change.
CREATE FUNCTION changed_member(side text, name text, is_secret boolean) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT format('CASE WHEN n.%1$I IS DISTINCT FROM o.%1$I THEN %2$L || %3$s END', name, format('"%s":', name),
    CASE WHEN is_secret THEN format($t$CASE WHEN %s.%I IS NULL THEN 'null' ELSE '"[secret]"' END$t$, side, name)
      ELSE format($t$coalesce(to_json(%s.%I)::text, 'null')$t$, side, name) END)
$$;
