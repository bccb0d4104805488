-- What the transaction says of its units of work: `app.units` where several share it (a group commit), else its own session variables.
-- Triggers read it once per statement, and ask unit_of for each row.
CREATE FUNCTION units_of_work() RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(
    session_variable('app.units')::jsonb,
    jsonb_build_object('alone', jsonb_build_object(
      'app.change_set_id', session_variable('app.change_set_id'),
      'app.actor_id', session_variable('app.actor_id'), 'app.actor', session_variable('app.actor'),
      'app.request_id', session_variable('app.request_id'), 'app.ip', session_variable('app.ip'),
      'app.user_agent', session_variable('app.user_agent'), 'app.reason', session_variable('app.reason'),
      'app.stock_reason', session_variable('app.stock_reason'), 'app.balance_kind', session_variable('app.balance_kind'),
      'app.order_id', session_variable('app.order_id'), 'app.refund_id', session_variable('app.refund_id'),
      'app.ledger_note', session_variable('app.ledger_note')
    ))
  )
$$;

-- The change set of a transaction that brought none, such as one of psql: made at its first write, the same for the rest of it.
CREATE FUNCTION change_set_of_transaction() RETURNS uuid LANGUAGE sql VOLATILE AS $$
  SELECT coalesce(session_variable('app.change_set_id'), set_config('app.change_set_id', uuid_v7()::text, true))::uuid
$$;

-- The unit of work that wrote a row. A row that no unit announced is the database role's own. Declared STABLE so that PostgreSQL
-- inlines it; the change set that it may make is the same all through the transaction.
CREATE FUNCTION unit_of(units jsonb, row_id uuid)
RETURNS TABLE (
  change_set_id uuid, actor_id uuid, actor text, request_id text, ip text, user_agent text, reason text,
  stock_reason text, balance_kind text, order_id uuid, refund_id uuid, ledger_note text
) LANGUAGE sql STABLE ROWS 1 AS $$
  SELECT coalesce(nullif(u.said ->> 'app.change_set_id', '')::uuid, change_set_of_transaction()),
    nullif(u.said ->> 'app.actor_id', '')::uuid, coalesce(nullif(u.said ->> 'app.actor', ''), 'db:' || session_user),
    nullif(u.said ->> 'app.request_id', ''), nullif(u.said ->> 'app.ip', ''), nullif(u.said ->> 'app.user_agent', ''),
    nullif(u.said ->> 'app.reason', ''), nullif(u.said ->> 'app.stock_reason', ''), nullif(u.said ->> 'app.balance_kind', ''),
    nullif(u.said ->> 'app.order_id', '')::uuid, nullif(u.said ->> 'app.refund_id', '')::uuid, nullif(u.said ->> 'app.ledger_note', '')
  FROM (SELECT coalesce(units -> 'alone', units #> ARRAY['units', units #>> ARRAY['rows', row_id::text]]) AS said OFFSET 0) u
$$;
