import { attachTriggers, detachTriggers, editorIndexes, migration, stampColumns } from './support/migration';
import { createFunctions, dropFunctions } from './support/sql-functions';

/*
 * What a buyer has in hand. A cart belongs to a user, or to a guest who knows its token; it becomes an order once. As long as it is held,
 * its goods are out of stock: triggers move them, whoever writes, so that the ledger has all of it.
 */
export = migration(
  `
  CREATE TABLE carts (
    id uuid NOT NULL CONSTRAINT carts_pk PRIMARY KEY,
    user_id uuid NULL CONSTRAINT carts_user_id_fk REFERENCES users (id) ON DELETE CASCADE,
    guest_token_hash text NULL CONSTRAINT carts_guest_token_hash_check CHECK (guest_token_hash ~ '^[A-Za-z0-9_-]{43}$'),
    email text NULL CONSTRAINT carts_email_check CHECK (length(email) <= 254 AND email ~ '^[!-?A-~]+@[!-?A-~]+[.][!-?A-~]+$'),
    shipping_address jsonb NULL CONSTRAINT carts_shipping_address_check CHECK (jsonb_typeof(shipping_address) = 'object'),
    billing_address jsonb NULL CONSTRAINT carts_billing_address_check CHECK (jsonb_typeof(billing_address) = 'object'),
    shipping_method text NULL CONSTRAINT carts_shipping_method_check CHECK (shipping_method ~ '^[a-z0-9-]{1,64}$'),
    discount_code text NULL CONSTRAINT carts_discount_code_check CHECK (length(discount_code) BETWEEN 1 AND 64),
    note text NULL CONSTRAINT carts_note_check CHECK (length(note) <= 1000),
    status text NOT NULL DEFAULT 'open' CONSTRAINT carts_status_check CHECK (status IN ('open', 'ordered', 'abandoned')),
    held_until timestamptz(3) NULL CONSTRAINT carts_held_until_check CHECK (held_until IS NULL OR status = 'open' AND deleted_at IS NULL AND isfinite(held_until)),
    is_hold_extended boolean NOT NULL DEFAULT false,
    order_id uuid NULL CONSTRAINT carts_order_id_fk REFERENCES orders (id) ON DELETE RESTRICT,
    ${stampColumns('carts')},
    deleted_at timestamptz(3) NULL,
    CONSTRAINT carts_owner_check CHECK ((user_id IS NULL) = (guest_token_hash IS NOT NULL)),
    CONSTRAINT carts_ordered_check CHECK ((status = 'ordered') = (order_id IS NOT NULL) AND (order_id IS NULL OR deleted_at IS NULL))
  );
  CREATE INDEX carts_user_id_idx ON carts (user_id, created_at, id) WHERE user_id IS NOT NULL;
  CREATE INDEX carts_guest_token_hash_idx ON carts (guest_token_hash) WHERE guest_token_hash IS NOT NULL;
  CREATE UNIQUE INDEX carts_order_id_key ON carts (order_id) WHERE deleted_at IS NULL;
  CREATE INDEX carts_order_id_idx ON carts (order_id) WHERE order_id IS NOT NULL;
  CREATE INDEX carts_created_at_idx ON carts (created_at, id) WHERE deleted_at IS NULL;
  CREATE INDEX carts_updated_at_idx ON carts (updated_at, id) WHERE deleted_at IS NULL;
  CREATE INDEX carts_status_idx ON carts (status, created_at, id) WHERE deleted_at IS NULL;
  CREATE INDEX carts_held_until_idx ON carts (held_until) WHERE held_until IS NOT NULL;
  ${editorIndexes('carts')}

  CREATE TABLE cart_items (
    id uuid NOT NULL CONSTRAINT cart_items_pk PRIMARY KEY,
    cart_id uuid NOT NULL CONSTRAINT cart_items_cart_id_fk REFERENCES carts (id) ON DELETE CASCADE,
    product_id uuid NOT NULL CONSTRAINT cart_items_product_id_fk REFERENCES products (id) ON DELETE CASCADE,
    quantity integer NOT NULL CONSTRAINT cart_items_quantity_check CHECK (quantity BETWEEN 1 AND 10000),
    created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT cart_items_cart_id_product_id_key UNIQUE (cart_id, product_id)
  );
  CREATE INDEX cart_items_product_id_idx ON cart_items (product_id);

  ALTER TABLE stock_movements DROP CONSTRAINT stock_movements_reason_check;
  ALTER TABLE stock_movements ADD CONSTRAINT stock_movements_reason_check
    CHECK (reason IN ('order', 'cancel', 'refund', 'restock', 'adjustment', 'hold', 'release')) NOT VALID;

  ${createFunctions(['hold_carts'])}
  CREATE TRIGGER carts_status_guard BEFORE UPDATE OF status, order_id ON carts FOR EACH ROW
    WHEN (OLD.status <> 'open' AND (OLD.status, OLD.order_id) IS DISTINCT FROM (NEW.status, NEW.order_id)) EXECUTE FUNCTION guard_cart_status();
  CREATE TRIGGER carts_hold_end BEFORE INSERT OR UPDATE ON carts FOR EACH ROW
    WHEN (NEW.held_until IS NOT NULL AND (NEW.status <> 'open' OR NEW.deleted_at IS NOT NULL)) EXECUTE FUNCTION end_hold();
  CREATE TRIGGER carts_hold_insert AFTER INSERT ON carts FOR EACH ROW
    WHEN (NEW.held_until IS NOT NULL) EXECUTE FUNCTION move_held_stock();
  CREATE TRIGGER carts_hold_update AFTER UPDATE ON carts FOR EACH ROW
    WHEN ((OLD.held_until IS NULL) <> (NEW.held_until IS NULL)) EXECUTE FUNCTION move_held_stock();
  CREATE TRIGGER carts_hold_delete BEFORE DELETE ON carts FOR EACH ROW
    WHEN (OLD.held_until IS NOT NULL) EXECUTE FUNCTION move_held_stock();
  CREATE TRIGGER cart_items_stamp_time BEFORE UPDATE ON cart_items FOR EACH ROW EXECUTE FUNCTION stamp_time();
  CREATE TRIGGER cart_items_change AFTER INSERT OR UPDATE OR DELETE ON cart_items FOR EACH ROW EXECUTE FUNCTION change_cart();
  ${attachTriggers('carts', { secrets: ['guest_token_hash'], personal: ['email', 'shipping_address', 'billing_address', 'note'] })}
  ${attachTriggers('cart_items')}

  INSERT INTO permissions (id, role_id, resource, action)
  SELECT '01941f29-7c00-7002-8000-d096813e74c5', id, 'carts', '*' FROM roles WHERE id = '01941f29-7c00-7001-8000-6ee4a469cd4e'
  ON CONFLICT DO NOTHING;
  `,
  `
  DELETE FROM permissions WHERE resource = 'carts';
  UPDATE carts SET held_until = NULL WHERE held_until IS NOT NULL;
  ${detachTriggers('cart_items')}
  ${detachTriggers('carts')}
  DROP TABLE cart_items;
  DROP TABLE carts;
  ${dropFunctions(['hold_carts'])}
  -- The earlier schema has no word for a hold: its ledger keeps them as adjustments, with the note that names the cart.
  ALTER TABLE stock_movements DISABLE TRIGGER stock_movements_append_only;
  GRANT UPDATE (reason) ON stock_movements TO CURRENT_USER;
  UPDATE stock_movements SET reason = 'adjustment' WHERE reason IN ('hold', 'release');
  REVOKE UPDATE (reason) ON stock_movements FROM CURRENT_USER;
  ALTER TABLE stock_movements ENABLE TRIGGER stock_movements_append_only;
  ALTER TABLE stock_movements DROP CONSTRAINT stock_movements_reason_check;
  ALTER TABLE stock_movements ADD CONSTRAINT stock_movements_reason_check
    CHECK (reason IN ('order', 'cancel', 'refund', 'restock', 'adjustment')) NOT VALID;
  ALTER TABLE stock_movements VALIDATE CONSTRAINT stock_movements_reason_check;
  `,
);
