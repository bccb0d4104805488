import { editorIndexes, migration, stampColumns, timeColumns } from './support/migration';

const SORTED = ['placed_at', 'created_at', 'updated_at', 'total'];

export = migration(
  `
  CREATE TABLE orders (
    id uuid NOT NULL CONSTRAINT orders_pk PRIMARY KEY,
    order_number text NOT NULL CONSTRAINT orders_order_number_key UNIQUE CONSTRAINT orders_order_number_check CHECK (order_number ~ '^[A-Z0-9-]{3,32}$'),
    user_id uuid NOT NULL CONSTRAINT orders_user_id_fk REFERENCES users (id) ON DELETE RESTRICT,
    status text NOT NULL CONSTRAINT orders_status_check CHECK (status IN ('pending', 'paid', 'shipped', 'completed', 'cancelled', 'refunded')),
    payment_method text NOT NULL CONSTRAINT orders_payment_method_check CHECK (payment_method IN ('balance', 'external')),
    subtotal numeric(12,2) NOT NULL CONSTRAINT orders_subtotal_check CHECK (subtotal >= 0),
    discount numeric(12,2) NOT NULL DEFAULT 0 CONSTRAINT orders_discount_check CHECK (discount BETWEEN 0 AND subtotal),
    shipping numeric(12,2) NOT NULL DEFAULT 0 CONSTRAINT orders_shipping_check CHECK (shipping >= 0),
    tax numeric(12,2) NOT NULL DEFAULT 0 CONSTRAINT orders_tax_check CHECK (tax >= 0),
    total numeric(12,2) NOT NULL,
    currency text NOT NULL DEFAULT 'USD' CONSTRAINT orders_currency_check CHECK (currency ~ '^[A-Z]{3}$'),
    shipping_address jsonb NULL CONSTRAINT orders_shipping_address_check CHECK (jsonb_typeof(shipping_address) = 'object'),
    placed_at timestamptz(3) NOT NULL,
    paid_at timestamptz(3) NULL,
    shipped_at timestamptz(3) NULL,
    completed_at timestamptz(3) NULL,
    cancelled_at timestamptz(3) NULL,
    note text NULL CONSTRAINT orders_note_check CHECK (length(note) <= 1000),
    ${stampColumns('orders')},
    CONSTRAINT orders_total_check CHECK (total = subtotal - discount + shipping + tax),
    CONSTRAINT orders_paid_at_check CHECK (paid_at IS NOT NULL OR status IN ('pending', 'cancelled')),
    CONSTRAINT orders_shipped_at_check CHECK (shipped_at IS NOT NULL OR status NOT IN ('shipped', 'completed', 'refunded')),
    CONSTRAINT orders_completed_at_check CHECK ((completed_at IS NOT NULL) = (status IN ('completed', 'refunded'))),
    CONSTRAINT orders_cancelled_at_check CHECK ((cancelled_at IS NOT NULL) = (status = 'cancelled'))
  );
  CREATE INDEX orders_user_id_idx ON orders (user_id, placed_at, id);
  CREATE INDEX orders_status_idx ON orders (status, placed_at, id);
  CREATE INDEX orders_paid_at_idx ON orders (paid_at, id);
  ${SORTED.map((column) => `CREATE INDEX orders_${column}_idx ON orders (${column}, id);`).join('\n')}
  ${editorIndexes('orders')}

  CREATE TABLE order_items (
    id uuid NOT NULL CONSTRAINT order_items_pk PRIMARY KEY,
    order_id uuid NOT NULL CONSTRAINT order_items_order_id_fk REFERENCES orders (id) ON DELETE CASCADE DEFERRABLE,
    product_id uuid NOT NULL CONSTRAINT order_items_product_id_fk REFERENCES products (id) ON DELETE RESTRICT,
    product_name text NOT NULL,
    sku text NOT NULL,
    quantity integer NOT NULL CONSTRAINT order_items_quantity_check CHECK (quantity > 0),
    unit_price numeric(12,2) NOT NULL CONSTRAINT order_items_unit_price_check CHECK (unit_price >= 0),
    subtotal numeric(12,2) NOT NULL,
    discount numeric(12,2) NOT NULL DEFAULT 0,
    ${timeColumns},
    CONSTRAINT order_items_subtotal_check CHECK (subtotal = quantity * unit_price),
    CONSTRAINT order_items_discount_check CHECK (discount BETWEEN 0 AND subtotal),
    CONSTRAINT order_items_order_id_product_id_key UNIQUE (order_id, product_id)
  );
  CREATE INDEX order_items_product_id_idx ON order_items (product_id);

  CREATE TABLE refunds (
    id uuid NOT NULL CONSTRAINT refunds_pk PRIMARY KEY,
    order_id uuid NOT NULL CONSTRAINT refunds_order_id_fk REFERENCES orders (id) ON DELETE RESTRICT,
    amount numeric(12,2) NOT NULL CONSTRAINT refunds_amount_check CHECK (amount > 0),
    reason text NULL CONSTRAINT refunds_reason_check CHECK (length(reason) <= 1000),
    status text NOT NULL DEFAULT 'completed' CONSTRAINT refunds_status_check CHECK (status IN ('pending', 'completed')),
    restock jsonb NOT NULL DEFAULT '[]' CONSTRAINT refunds_restock_check CHECK (jsonb_typeof(restock) = 'array'),
    ${stampColumns('refunds')}
  );
  CREATE INDEX refunds_order_id_idx ON refunds (order_id, created_at, id);
  CREATE INDEX refunds_created_at_idx ON refunds (created_at, id);
  CREATE INDEX refunds_updated_at_idx ON refunds (updated_at, id);
  -- A line of a bank statement names an amount.
  CREATE INDEX refunds_amount_idx ON refunds (amount, id);
  ${editorIndexes('refunds')}
  `,
  `
  DROP TABLE refunds;
  DROP TABLE order_items;
  DROP TABLE orders;
  `,
);
