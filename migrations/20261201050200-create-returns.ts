import { attachTriggers, editorIndexes, migration, stampColumns } from './support/migration';

const RETURNS = { secrets: ['confirmation_hash'], personal: ['name', 'email', 'statement', 'receipt'] };

/* Goods that come back, and the withdrawals of consumers, whose receipt is written once. */
export = migration(
  `
  CREATE TABLE returns (
    id uuid NOT NULL CONSTRAINT returns_pk PRIMARY KEY,
    order_id uuid NOT NULL CONSTRAINT returns_order_id_fk REFERENCES orders (id) ON DELETE RESTRICT,
    user_id uuid NULL CONSTRAINT returns_user_id_fk REFERENCES users (id) ON DELETE RESTRICT,
    return_number text NOT NULL CONSTRAINT returns_return_number_key UNIQUE CONSTRAINT returns_return_number_check CHECK (return_number ~ '^[A-Z0-9-]{3,32}$'),
    kind text NOT NULL CONSTRAINT returns_kind_check CHECK (kind IN ('return', 'withdrawal')),
    status text NOT NULL CONSTRAINT returns_status_check CHECK (status IN ('pending', 'requested', 'accepted', 'received', 'closed', 'rejected')),
    reason text NULL CONSTRAINT returns_reason_check CHECK (length(reason) BETWEEN 1 AND 1000),
    name text NULL CONSTRAINT returns_name_check CHECK (length(name) BETWEEN 1 AND 200 AND is_name(name)),
    email text NULL CONSTRAINT returns_email_check CHECK (length(email) <= 254 AND email LIKE '%_@_%'),
    statement text NULL,
    confirmation_hash bytea NULL CONSTRAINT returns_confirmation_hash_check CHECK (length(confirmation_hash) = 32),
    receipt jsonb NULL CONSTRAINT returns_receipt_check CHECK (jsonb_typeof(receipt) = 'object'),
    confirmed_at timestamptz(3) NULL,
    received_at timestamptz(3) NULL,
    closed_at timestamptz(3) NULL,
    ${stampColumns('returns')},
    CONSTRAINT returns_pending_check CHECK (CASE kind WHEN 'withdrawal' THEN status <> 'requested' ELSE status <> 'pending' END),
    CONSTRAINT returns_statement_check CHECK (num_nonnulls(name, email, statement, confirmation_hash) = CASE kind WHEN 'withdrawal' THEN 4 ELSE 0 END),
    CONSTRAINT returns_confirmed_at_check CHECK (num_nonnulls(receipt, confirmed_at) = CASE WHEN kind = 'withdrawal' AND status <> 'pending' THEN 2 ELSE 0 END),
    CONSTRAINT returns_received_at_check CHECK (received_at IS NOT NULL OR status <> 'received'),
    CONSTRAINT returns_closed_at_check CHECK ((closed_at IS NOT NULL) = (status = 'closed'))
  );
  CREATE INDEX returns_order_id_idx ON returns (order_id, created_at, id);
  CREATE INDEX returns_user_id_idx ON returns (user_id) WHERE user_id IS NOT NULL;
  CREATE INDEX returns_status_idx ON returns (status, created_at, id);
  CREATE INDEX returns_created_at_idx ON returns (created_at, id);
  CREATE INDEX returns_updated_at_idx ON returns (updated_at, id);
  ${editorIndexes('returns')}
  ${attachTriggers('returns', RETURNS)}

  CREATE TABLE return_items (
    id uuid NOT NULL CONSTRAINT return_items_pk PRIMARY KEY,
    return_id uuid NOT NULL CONSTRAINT return_items_return_id_fk REFERENCES returns (id) ON DELETE CASCADE,
    order_item_id uuid NOT NULL CONSTRAINT return_items_order_item_id_fk REFERENCES order_items (id) ON DELETE RESTRICT,
    quantity integer NOT NULL CONSTRAINT return_items_quantity_check CHECK (quantity > 0),
    unshipped_quantity integer NOT NULL DEFAULT 0
      CONSTRAINT return_items_unshipped_quantity_check CHECK (unshipped_quantity BETWEEN 0 AND quantity),
    created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT return_items_return_id_order_item_id_key UNIQUE (return_id, order_item_id)
  );
  CREATE INDEX return_items_order_item_id_idx ON return_items (order_item_id);
  ${attachTriggers('return_items')}
  `,
  `
  DROP TABLE return_items;
  DROP TABLE returns;
  DROP FUNCTION record_returns_insert();
  DROP FUNCTION record_returns_update();
  `,
);
