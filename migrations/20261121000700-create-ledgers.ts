import { migration } from './support/migration';

/*
 * The books. Triggers write them, so that no path, psql included, changes a count or a balance without an entry; the settings of
 * the unit of work say why. Statement triggers with transition tables: one insert, however many rows.
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
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
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
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
  );
  CREATE INDEX balance_entries_user_id_idx ON balance_entries (user_id, created_at, id);
  CREATE INDEX balance_entries_order_id_idx ON balance_entries (order_id);
  CREATE INDEX balance_entries_refund_id_idx ON balance_entries (refund_id);
  CREATE INDEX balance_entries_created_at_idx ON balance_entries (created_at, id);

  CREATE FUNCTION keep_stock_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'INSERT' THEN
      INSERT INTO stock_movements (id, product_id, delta, reason, quantity_after, note, actor_id)
      SELECT uuid_v7(), n.id, n.stock_quantity, 'adjustment', n.stock_quantity, 'opening count', work_setting('app.actor_id')::uuid
      FROM new_rows n WHERE n.stock_quantity <> 0;
    ELSE
      INSERT INTO stock_movements (id, product_id, delta, reason, order_id, refund_id, quantity_after, note, actor_id)
      SELECT uuid_v7(), n.id, n.stock_quantity - o.stock_quantity, coalesce(work_setting('app.stock_reason'), 'adjustment'),
        work_setting('app.order_id')::uuid, work_setting('app.refund_id')::uuid, n.stock_quantity,
        work_setting('app.ledger_note'), work_setting('app.actor_id')::uuid
      FROM new_rows n JOIN old_rows o ON o.id = n.id WHERE n.stock_quantity <> o.stock_quantity;
    END IF;
    RETURN NULL;
  END
  $$;
  CREATE TRIGGER products_ledger_insert AFTER INSERT ON products
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_stock_ledger();
  CREATE TRIGGER products_ledger_update AFTER UPDATE ON products
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_stock_ledger();

  CREATE FUNCTION keep_balance_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'INSERT' THEN
      INSERT INTO balance_entries (id, user_id, amount, balance_after, kind, note, actor_id)
      SELECT uuid_v7(), n.id, n.balance, n.balance, 'adjustment', 'opening balance', work_setting('app.actor_id')::uuid
      FROM new_rows n WHERE n.balance <> 0;
    ELSE
      INSERT INTO balance_entries (id, user_id, amount, balance_after, kind, order_id, refund_id, note, actor_id)
      SELECT uuid_v7(), n.id, n.balance - o.balance, n.balance, coalesce(work_setting('app.balance_kind'), 'adjustment'),
        work_setting('app.order_id')::uuid, work_setting('app.refund_id')::uuid,
        work_setting('app.ledger_note'), work_setting('app.actor_id')::uuid
      FROM new_rows n JOIN old_rows o ON o.id = n.id WHERE n.balance <> o.balance;
    END IF;
    RETURN NULL;
  END
  $$;
  CREATE TRIGGER users_ledger_insert AFTER INSERT ON users
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_balance_ledger();
  CREATE TRIGGER users_ledger_update AFTER UPDATE ON users
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_balance_ledger();

  CREATE TRIGGER stock_movements_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON stock_movements
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('stock_movements');
  CREATE TRIGGER balance_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON balance_entries
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('balance_entries');
  REVOKE UPDATE, DELETE, TRUNCATE ON stock_movements, balance_entries FROM PUBLIC, CURRENT_USER;
  -- Foreign keys look for referring rows with FOR KEY SHARE, as the table's owner: that takes the right to update one column.
  GRANT UPDATE (id) ON stock_movements, balance_entries TO CURRENT_USER;
  `,
  `
  DROP TRIGGER users_ledger_update ON users;
  DROP TRIGGER users_ledger_insert ON users;
  DROP FUNCTION keep_balance_ledger();
  DROP TRIGGER products_ledger_update ON products;
  DROP TRIGGER products_ledger_insert ON products;
  DROP FUNCTION keep_stock_ledger();
  DROP TABLE balance_entries;
  DROP TABLE stock_movements;
  `,
);
