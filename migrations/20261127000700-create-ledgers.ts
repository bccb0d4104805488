import { appendOnly, migration } from './support/migration';

/*
 * The ledgers. Triggers write them, so that no path, psql included, changes a count or a balance without an entry.
 */
export = migration(
  `
  CREATE TABLE stock_movements (
    id uuid NOT NULL CONSTRAINT stock_movements_pk PRIMARY KEY,
    product_id uuid NOT NULL CONSTRAINT stock_movements_product_id_fk REFERENCES products (id) ON DELETE RESTRICT,
    delta integer NOT NULL CONSTRAINT stock_movements_delta_check CHECK (delta <> 0),
    reason text NOT NULL CONSTRAINT stock_movements_reason_check CHECK (reason IN ('order', 'cancel', 'refund', 'restock', 'adjustment')),
    order_id uuid NULL CONSTRAINT stock_movements_order_id_fk REFERENCES orders (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    refund_id uuid NULL CONSTRAINT stock_movements_refund_id_fk REFERENCES refunds (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    quantity_after integer NOT NULL CONSTRAINT stock_movements_quantity_after_check CHECK (quantity_after >= 0),
    note text NULL CONSTRAINT stock_movements_note_check CHECK (length(note) <= 1000),
    actor_id uuid NULL,
    created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
  );
  CREATE INDEX stock_movements_product_id_idx ON stock_movements (product_id, created_at, id);
  CREATE INDEX stock_movements_order_id_idx ON stock_movements (order_id);
  CREATE INDEX stock_movements_refund_id_idx ON stock_movements (refund_id);
  CREATE INDEX stock_movements_created_at_idx ON stock_movements (created_at, id);

  CREATE TABLE balance_entries (
    id uuid NOT NULL CONSTRAINT balance_entries_pk PRIMARY KEY,
    user_id uuid NOT NULL CONSTRAINT balance_entries_user_id_fk REFERENCES users (id) ON DELETE RESTRICT,
    amount numeric(12,2) NOT NULL CONSTRAINT balance_entries_amount_check CHECK (amount <> 0),
    balance_after numeric(12,2) NOT NULL CONSTRAINT balance_entries_balance_after_check CHECK (balance_after >= 0),
    kind text NOT NULL CONSTRAINT balance_entries_kind_check CHECK (kind IN ('credit', 'order', 'refund', 'adjustment')),
    order_id uuid NULL CONSTRAINT balance_entries_order_id_fk REFERENCES orders (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    refund_id uuid NULL CONSTRAINT balance_entries_refund_id_fk REFERENCES refunds (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    note text NULL CONSTRAINT balance_entries_note_check CHECK (length(note) <= 1000),
    actor_id uuid NULL,
    created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
  );
  CREATE INDEX balance_entries_user_id_idx ON balance_entries (user_id, created_at, id);
  CREATE INDEX balance_entries_order_id_idx ON balance_entries (order_id);
  CREATE INDEX balance_entries_refund_id_idx ON balance_entries (refund_id);
  CREATE INDEX balance_entries_created_at_idx ON balance_entries (created_at, id);
  ${['stock_movements', 'balance_entries'].map(appendOnly).join('\n  ')}
  -- A foreign key check locks referring rows with FOR KEY SHARE as the table's owner: that takes the right to update one column.
  GRANT UPDATE (id) ON stock_movements, balance_entries TO CURRENT_USER;
  `,
  `
  DROP TABLE balance_entries;
  DROP TABLE stock_movements;
  `,
);
