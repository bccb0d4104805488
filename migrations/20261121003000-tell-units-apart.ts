import { workOnce } from './support/audit-by-column';
import { type Books, booksByColumn } from './support/books-by-column';
import { booksByUnit, workOf } from './support/books-by-unit';
import { migration } from './support/migration';

/** What `record_changes` joins to the rows of a statement, to know who, on which request, from where and why. */
interface Source {
  readonly ofRows: (id: string) => string;
  /** What stands before, and behind, the changes of an update. */
  readonly first: string;
  readonly last: string;
}

const BY_UNIT: Source = { ofRows: workOf, first: '', last: `, ${workOf('r.id')}` };
const BY_TRANSACTION: Source = { ofRows: () => `${workOnce} w`, first: `${workOnce} w, `, last: '' };

const recordChanges = ({ ofRows, first, last }: Source) => `
  CREATE OR REPLACE FUNCTION record_changes() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    secrets text[] := TG_ARGV[1]::text[];
  BEGIN
    IF TG_OP = 'INSERT' THEN
      INSERT INTO audit_logs (id, table_name, record_id, action, new_values, actor_id, actor, request_id, ip, user_agent, reason)
      SELECT uuid_v7(), TG_ARGV[0], n.id, 'CREATE', recorded(to_jsonb(n), secrets), w.actor_id, w.actor, w.request_id, w.ip, w.user_agent, w.reason
      FROM new_rows n, ${ofRows('n.id')};
    ELSIF TG_OP = 'DELETE' THEN
      INSERT INTO audit_logs (id, table_name, record_id, action, old_values, actor_id, actor, request_id, ip, user_agent, reason)
      SELECT uuid_v7(), TG_ARGV[0], o.id, 'PURGE', recorded(to_jsonb(o), secrets), w.actor_id, w.actor, w.request_id, w.ip, w.user_agent, w.reason
      FROM old_rows o, ${ofRows('o.id')};
    ELSIF EXISTS (SELECT FROM new_rows) THEN
      INSERT INTO audit_logs (id, table_name, record_id, action, old_values, new_values, actor_id, actor, request_id, ip, user_agent, reason)
      SELECT uuid_v7(), TG_ARGV[0], r.id,
        CASE
          WHEN r.was ->> 'deleted_at' IS NULL AND r.is_ ->> 'deleted_at' IS NOT NULL THEN 'DELETE'
          WHEN r.was ->> 'deleted_at' IS NOT NULL AND r.is_ ->> 'deleted_at' IS NULL THEN 'RESTORE'
          ELSE 'UPDATE'
        END,
        recorded(d.old_values, secrets), recorded(d.new_values, secrets), w.actor_id, w.actor, w.request_id, w.ip, w.user_agent, w.reason
      FROM ${first}(SELECT n.id, to_jsonb(o) AS was, to_jsonb(n) AS is_ FROM new_rows n JOIN old_rows o ON o.id = n.id OFFSET 0) r,
      LATERAL (
        SELECT jsonb_object_agg(key, r.was -> key) AS old_values, jsonb_object_agg(key, value) AS new_values
        FROM jsonb_each(r.is_) WHERE r.was -> key IS DISTINCT FROM value
        HAVING count(*) FILTER (WHERE key NOT IN ('version', 'updated_at', 'updated_by', 'search_vector', 'in_stock')) > 0
      ) d${last};
    END IF;
    RETURN NULL;
  END
  $$;`;

const BOOKS: readonly Books[] = [
  {
    table: 'products',
    columns: [
      ...[
        'name',
        'slug',
        'sku',
        'brand',
        'model',
        'description',
        'price',
        'currency',
        'stock_quantity',
        'status',
        'featured',
        'view_count',
      ],
      ...['rating', 'review_count', 'category_id', 'image_url', 'attributes', 'created_by', 'created_at', 'deleted_at'],
    ],
    secrets: [],
    moved: 'stock_quantity',
    ledger: 'stock_movements',
    owner: 'product_id',
    difference: 'delta',
    after: 'quantity_after',
    kind: 'reason',
    kindSetting: 'app.stock_reason',
  },
  {
    table: 'users',
    columns: [
      ...['email', 'username', 'password_hash', 'first_name', 'last_name', 'is_active', 'email_verified', 'last_login_at', 'balance'],
      ...['currency', 'created_by', 'created_at', 'deleted_at'],
    ],
    secrets: ['password_hash'],
    moved: 'balance',
    ledger: 'balance_entries',
    owner: 'user_id',
    difference: 'amount',
    after: 'balance_after',
    kind: 'kind',
    kindSetting: 'app.balance_kind',
  },
];

/*
 * Several units of work may be one statement (docs/adr/0009): `app.units` then says of each what the settings say of a lone one, and
 * which rows are whose, as { "units": [{ "app.actor": … }, …], "rows": { "<id>": 0, … } }.
 */
export = migration(
  `
  -- What the transaction says of its units of work: read once a statement.
  CREATE FUNCTION works() RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(
      work_setting('app.units')::jsonb,
      jsonb_build_object('alone', jsonb_build_object(
        'app.actor_id', work_setting('app.actor_id'), 'app.actor', work_setting('app.actor'), 'app.request_id', work_setting('app.request_id'),
        'app.ip', work_setting('app.ip'), 'app.user_agent', work_setting('app.user_agent'), 'app.reason', work_setting('app.reason'),
        'app.stock_reason', work_setting('app.stock_reason'), 'app.balance_kind', work_setting('app.balance_kind'),
        'app.order_id', work_setting('app.order_id'), 'app.refund_id', work_setting('app.refund_id'),
        'app.ledger_note', work_setting('app.ledger_note')
      ))
    )
  $$;

  -- What it says of the unit that wrote a row.
  CREATE FUNCTION work_of(works jsonb, row_id uuid) RETURNS TABLE (
    actor_id uuid, actor text, request_id text, ip text, user_agent text, reason text,
    stock_reason text, balance_kind text, order_id uuid, refund_id uuid, ledger_note text
  ) LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
    SELECT nullif(u.said ->> 'app.actor_id', '')::uuid, coalesce(nullif(u.said ->> 'app.actor', ''), 'db:' || session_user),
      nullif(u.said ->> 'app.request_id', ''), nullif(u.said ->> 'app.ip', ''), nullif(u.said ->> 'app.user_agent', ''),
      nullif(u.said ->> 'app.reason', ''), nullif(u.said ->> 'app.stock_reason', ''), nullif(u.said ->> 'app.balance_kind', ''),
      nullif(u.said ->> 'app.order_id', '')::uuid, nullif(u.said ->> 'app.refund_id', '')::uuid, nullif(u.said ->> 'app.ledger_note', '')
    FROM (SELECT coalesce(works -> 'alone', works #> ARRAY['units', works #>> ARRAY['rows', row_id::text]]) AS said OFFSET 0) u
  $$;

  ${recordChanges(BY_UNIT)}
  ${BOOKS.map(booksByUnit).join('')}
  `,
  `
  ${BOOKS.map(booksByColumn).join('')}
  ${recordChanges(BY_TRANSACTION)}
  DROP FUNCTION work_of(jsonb, uuid);
  DROP FUNCTION works();
  `,
);
