import type { catalogueRules } from './catalogue-rules';

/** Changes of the schema, each with the breach that its rule then reports. */
type Breaches = Readonly<Record<string, string>>;

/** The changes that break each rule of the catalogue. */
export const catalogueBreaches: Readonly<Record<keyof typeof catalogueRules, Breaches>> = {
  'every table has a primary key, a uuid named id, behind the partition key where there is one': {
    'CREATE TABLE loose (id uuid NOT NULL)': 'loose',
    'CREATE TABLE loose (id bigint CONSTRAINT loose_pk PRIMARY KEY)': 'loose',
    'CREATE TABLE loose (key uuid CONSTRAINT loose_pk PRIMARY KEY)': 'loose',
    'CREATE TABLE loose (id uuid, n integer, CONSTRAINT loose_pk PRIMARY KEY (id, n))': 'loose',
  },
  'every foreign key begins an index': {
    'DROP INDEX products_category_id_idx': 'products_category_id_fk',
    'DROP INDEX products_category_id_idx; CREATE INDEX products_category_id_idx ON products (created_at, category_id)':
      'products_category_id_fk',
    'DROP INDEX products_category_id_idx; CREATE INDEX products_category_id_idx ON products (category_id) WHERE deleted_at IS NULL':
      'products_category_id_fk',
  },
  'every foreign key says what a delete does': {
    'ALTER TABLE products DROP CONSTRAINT products_category_id_fk, ADD CONSTRAINT products_category_id_fk FOREIGN KEY (category_id) REFERENCES categories (id)':
      'products_category_id_fk',
  },
  'every constraint has been checked and every index is valid': {
    'ALTER TABLE tags ADD CONSTRAINT tags_a_check CHECK (length(name) > 0) NOT VALID': 'tags_a_check',
    'CREATE TABLE parts (id uuid) PARTITION BY HASH (id); CREATE TABLE part PARTITION OF parts FOR VALUES WITH (MODULUS 1, REMAINDER 0); CREATE INDEX parts_id_idx ON ONLY parts (id)':
      'parts_id_idx',
  },
  'unique rules on soft-deleted tables spare deleted rows': {
    'ALTER TABLE tags ADD CONSTRAINT tags_name_key UNIQUE (name)': 'tags_name_key',
    'CREATE UNIQUE INDEX tags_name_key ON tags (name)': 'tags_name_key',
    'CREATE UNIQUE INDEX tags_name_key ON tags (name) WHERE deleted_at IS NOT NULL': 'tags_name_key',
    'CREATE UNIQUE INDEX tags_name_key ON tags (name) WHERE deleted_at IS NULL OR version > 1': 'tags_name_key',
    'CREATE UNIQUE INDEX tags_name_key ON tags (name, deleted_at)': 'tags_name_key',
  },
  'no index is about deleted rows': {
    'CREATE INDEX tags_a_idx ON tags (name) WHERE deleted_at IS NOT NULL': 'tags_a_idx',
    'CREATE INDEX tags_a_idx ON tags (name) WHERE NOT (deleted_at IS NULL)': 'tags_a_idx',
    'CREATE UNIQUE INDEX tags_a_key ON tags (name) WHERE deleted_at IS NOT NULL': 'tags_a_key',
  },
  'times have a zone': {
    'ALTER TABLE tags ADD COLUMN seen_at timestamp': 'tags.seen_at timestamp without time zone',
    'ALTER TABLE tags ADD COLUMN seen_at timestamp(3)[]': 'tags.seen_at timestamp(3) without time zone[]',
    'ALTER TABLE tags ADD COLUMN seen_at time': 'tags.seen_at time without time zone',
  },
  'times are kept in milliseconds, as they are shown': {
    'ALTER TABLE tags ADD COLUMN seen_at timestamptz': 'tags.seen_at timestamp with time zone',
    'ALTER TABLE tags ADD COLUMN seen_at timestamptz(6)': 'tags.seen_at timestamp(6) with time zone',
  },
  'money is a numeric without a scale, and a check holds it to the decimals of currencies': {
    'ALTER TABLE tags ADD COLUMN price double precision': 'tags.price double precision',
    'ALTER TABLE tags ADD COLUMN delivery_fee integer': 'tags.delivery_fee integer',
    'ALTER TABLE balance_entries DROP CONSTRAINT balance_entries_amount_check': 'balance_entries.amount numeric',
    'ALTER TABLE balance_entries ALTER amount TYPE numeric(12,3)': 'balance_entries.amount numeric(12,3)',
  },
  'nothing is a float, a money, an enum, a serial or of limited length': {
    'ALTER TABLE tags ADD COLUMN weight real': 'tags.weight real',
    'ALTER TABLE tags ADD COLUMN weight double precision': 'tags.weight double precision',
    'ALTER TABLE tags ADD COLUMN worth money': 'tags.worth money',
    "CREATE TYPE colour AS ENUM ('red'); ALTER TABLE tags ADD COLUMN colour colour": 'tags.colour colour',
    'ALTER TABLE tags ADD COLUMN number serial': 'tags.number integer',
    'ALTER TABLE tags ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY': 'tags.number bigint',
    'ALTER TABLE tags ADD COLUMN code varchar(20)': 'tags.code character varying(20)',
  },
  'constraints are named after their table, columns and kind': {
    'CREATE TABLE loose (id uuid PRIMARY KEY)': 'loose_pkey',
    'ALTER TABLE categories ADD CHECK (version > level)': 'categories_check',
    'ALTER TABLE tags ADD CONSTRAINT version_is_positive CHECK (version > 0)': 'version_is_positive',
    'ALTER TABLE tags ADD CONSTRAINT tags_name_check1 CHECK (version > 0)': 'tags_name_check1',
    'ALTER TABLE tags ADD COLUMN parent_id uuid REFERENCES tags (id)': 'tags_parent_id_fkey',
    'ALTER TABLE refunds ADD CONSTRAINT refunds_key UNIQUE (order_id)': 'refunds_key',
    'ALTER TABLE refunds ADD CONSTRAINT refunds_excl EXCLUDE (order_id WITH =)': 'refunds_excl',
  },
  'indexes are named after their table, columns and kind': {
    'CREATE INDEX by_name ON tags (name)': 'by_name',
    'CREATE INDEX tags_created_by_key ON tags (created_by)': 'tags_created_by_key',
    'CREATE UNIQUE INDEX tags_name_version_idx ON tags (name, version)': 'tags_name_version_idx',
  },
  'every table with a version keeps its stamps by a trigger': {
    'DROP TRIGGER tags_stamp ON tags': 'tags',
    'ALTER TABLE tags DISABLE TRIGGER tags_stamp': 'tags',
    'DROP TRIGGER tags_stamp ON tags; CREATE TRIGGER tags_stamp BEFORE UPDATE ON tags FOR EACH ROW EXECUTE FUNCTION stamp_row()': 'tags',
    'ALTER TABLE user_roles ADD COLUMN version integer': 'user_roles',
    'ALTER TABLE products ADD COLUMN colour text': 'products',
    'DROP TRIGGER products_version ON products': 'products',
  },
  'every table with a time of its last edit keeps it by a trigger': {
    'ALTER TABLE audit_personal ADD COLUMN updated_at timestamptz(3)': 'audit_personal',
    'DROP TRIGGER user_roles_stamp_time ON user_roles': 'user_roles',
    'ALTER TABLE tags DISABLE TRIGGER tags_stamp': 'tags',
  },
};

const auditedBy = (args: string) =>
  `DROP TRIGGER users_audit_insert ON users; CREATE TRIGGER users_audit_insert AFTER INSERT ON users
   REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record_changes(${args})`;

/** The changes that remove a guard. */
export const guardBreaches: Breaches = {
  'DROP TRIGGER tags_audit_insert ON tags': 'tags is not audited on insert',
  'DROP TRIGGER tags_audit_update ON tags': 'tags is not audited on update',
  'ALTER TABLE tags DISABLE TRIGGER tags_audit_delete': 'tags is not audited on delete',
  [auditedBy(`'users', '{}'`)]: 'users is not audited on insert',
  [auditedBy(`'tags', '{password_hash}'`)]: 'users is not audited on insert',
  'ALTER TABLE products ADD COLUMN colour text': 'products is not audited on update',
  'ALTER TABLE users RENAME COLUMN balance TO credit': 'users is not audited on update',
  'CREATE TABLE wishes (id uuid)': 'wishes is neither audited nor said not to be',
  'ALTER TABLE audit_logs DISABLE TRIGGER audit_logs_append_only': 'audit_logs can be changed',
  'DROP TRIGGER stock_movements_append_only ON stock_movements': 'stock_movements can be changed',
  'DROP TRIGGER stock_movements_delete_guard ON stock_movements': 'stock_movements can be changed',
  'DROP TRIGGER balance_entries_audit_delete ON balance_entries': 'balance_entries can be changed',
};

/** The changes that make a table differ from its model. */
export const modelBreaches: Breaches = {
  'CREATE TABLE wishes (id uuid)': 'wishes has no model',
  'ALTER TABLE tags ADD COLUMN colour text': 'tags.colour: undefined in the model, text in the table',
  'ALTER TABLE orders DROP COLUMN note': 'orders.note: text in the model, undefined in the table',
  'ALTER TABLE stock_movements ALTER delta TYPE bigint':
    'stock_movements.delta: integer not null in the model, bigint not null in the table',
  'ALTER TABLE stock_movements ALTER note TYPE varchar(1000)':
    'stock_movements.note: text in the model, character varying(1000) in the table',
  'ALTER TABLE balance_entries ALTER amount TYPE numeric(14,2)':
    'balance_entries.amount: numeric not null in the model, numeric(14,2) not null in the table',
  'ALTER TABLE orders ALTER placed_at DROP NOT NULL':
    'orders.placed_at: timestamp(3) with time zone not null in the model, timestamp(3) with time zone in the table',
  'ALTER TABLE products ALTER brand SET NOT NULL': 'products.brand: text in the model, text not null in the table',
  "ALTER TABLE products ALTER status SET DEFAULT 'active'":
    'products.status: text not null default draft in the model, text not null default active in the table',
  'ALTER TABLE products ALTER stock_quantity DROP DEFAULT':
    'products.stock_quantity: integer not null default 0 in the model, integer not null in the table',
  'ALTER TABLE tags ALTER created_at DROP DEFAULT':
    'tags.created_at: timestamp(3) with time zone not null default now in the model, timestamp(3) with time zone not null in the table',
};
