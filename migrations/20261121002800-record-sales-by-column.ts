import { auditByColumn, workOnce } from './support/audit-by-column';
import { migration } from './support/migration';

/** How `record_changes` learns who, on which request, from where and why. */
interface Source {
  readonly declared: string;
  /** The select list's end. */
  readonly work: string;
  /** What stands behind, and before, the other sources of rows. */
  readonly source: string;
  readonly first: string;
}

const VARIABLES: Source = {
  declared: `
    the_actor_id uuid := work_setting('app.actor_id')::uuid;
    the_actor text := coalesce(work_setting('app.actor'), 'db:' || session_user);
    the_request_id text := work_setting('app.request_id');
    the_ip text := work_setting('app.ip');
    the_client text := work_setting('app.user_agent');
    the_reason text := work_setting('app.reason');`,
  work: 'the_actor_id, the_actor, the_request_id, the_ip, the_client, the_reason',
  source: '',
  first: '',
};

/* PL/pgSQL prepares each expression of its own once a transaction; within the statement they are prepared with it. */
const SUB_SELECT: Source = {
  declared: '',
  work: 'w.actor_id, w.actor, w.request_id, w.ip, w.user_agent, w.reason',
  source: `, ${workOnce} w`,
  first: `${workOnce} w, `,
};

const recordChanges = ({ declared, work, source, first }: Source) => `
  CREATE OR REPLACE FUNCTION record_changes() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    secrets text[] := TG_ARGV[1]::text[];${declared}
  BEGIN
    IF TG_OP = 'INSERT' THEN
      INSERT INTO audit_logs (id, table_name, record_id, action, new_values, actor_id, actor, request_id, ip, user_agent, reason)
      SELECT uuid_v7(), TG_ARGV[0], n.id, 'CREATE', recorded(to_jsonb(n), secrets), ${work}
      FROM new_rows n${source};
    ELSIF TG_OP = 'DELETE' THEN
      INSERT INTO audit_logs (id, table_name, record_id, action, old_values, actor_id, actor, request_id, ip, user_agent, reason)
      SELECT uuid_v7(), TG_ARGV[0], o.id, 'PURGE', recorded(to_jsonb(o), secrets), ${work}
      FROM old_rows o${source};
    ELSIF EXISTS (SELECT FROM new_rows) THEN
      INSERT INTO audit_logs (id, table_name, record_id, action, old_values, new_values, actor_id, actor, request_id, ip, user_agent, reason)
      SELECT uuid_v7(), TG_ARGV[0], r.id,
        CASE
          WHEN r.was ->> 'deleted_at' IS NULL AND r.is_ ->> 'deleted_at' IS NOT NULL THEN 'DELETE'
          WHEN r.was ->> 'deleted_at' IS NOT NULL AND r.is_ ->> 'deleted_at' IS NULL THEN 'RESTORE'
          ELSE 'UPDATE'
        END,
        recorded(d.old_values, secrets), recorded(d.new_values, secrets), ${work}
      FROM ${first}(SELECT n.id, to_jsonb(o) AS was, to_jsonb(n) AS is_ FROM new_rows n JOIN old_rows o ON o.id = n.id OFFSET 0) r,
      LATERAL (
        SELECT jsonb_object_agg(key, r.was -> key) AS old_values, jsonb_object_agg(key, value) AS new_values
        FROM jsonb_each(r.is_) WHERE r.was -> key IS DISTINCT FROM value
        HAVING count(*) FILTER (WHERE key NOT IN ('version', 'updated_at', 'updated_by', 'search_vector', 'in_stock')) > 0
      ) d;
    END IF;
    RETURN NULL;
  END
  $$;`;

const COLUMNS = {
  products:
    'name slug sku brand model description price currency stock_quantity status featured view_count rating review_count category_id ' +
    'image_url attributes created_by created_at deleted_at',
  users:
    'email username password_hash first_name last_name is_active email_verified last_login_at balance currency created_by created_at deleted_at',
};
const SECRETS = { products: [], users: ['password_hash'] };
const TABLES = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];

export = migration(
  `
  ${recordChanges(SUB_SELECT)}
  ${TABLES.map((table) => auditByColumn(table, COLUMNS[table].split(' '), SECRETS[table])).join('')}
  `,
  `
  ${TABLES.map(
    (table) => `
  CREATE OR REPLACE TRIGGER ${table}_audit_update AFTER UPDATE ON ${table} REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION record_changes('${table}', '{${SECRETS[table].join(',')}}');
  DROP FUNCTION record_${table}_update();`,
  ).join('')}
  ${recordChanges(VARIABLES)}
  `,
);
