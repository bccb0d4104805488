import { appendOnly, attachTriggers, editorIndexes, migration, stampColumns } from './support/migration';
import { createFunctions, dropFunctions } from './support/sql-functions';

const NAMED = (column: string) =>
  `${column} text NULL CONSTRAINT shipments_${column}_check CHECK (length(${column}) BETWEEN 1 AND 100 AND is_name(${column}))`;

/* What was sent, and when. The pieces of a shipment are written once: what comes back is a return. */
export = migration(
  `
  CREATE TABLE shipments (
    id uuid NOT NULL CONSTRAINT shipments_pk PRIMARY KEY,
    order_id uuid NOT NULL CONSTRAINT shipments_order_id_fk REFERENCES orders (id) ON DELETE RESTRICT,
    ${NAMED('carrier')},
    ${NAMED('tracking_number')},
    shipped_at timestamptz(3) NOT NULL CONSTRAINT shipments_shipped_at_check CHECK (isfinite(shipped_at)),
    delivered_at timestamptz(3) NULL,
    ${stampColumns('shipments')},
    CONSTRAINT shipments_delivered_at_check CHECK (isfinite(delivered_at) AND delivered_at >= shipped_at)
  );
  CREATE INDEX shipments_order_id_idx ON shipments (order_id, created_at, id);
  CREATE INDEX shipments_tracking_number_idx ON shipments (tracking_number, created_at, id) WHERE tracking_number IS NOT NULL;
  CREATE INDEX shipments_shipped_at_idx ON shipments (shipped_at, id);
  CREATE INDEX shipments_created_at_idx ON shipments (created_at, id);
  CREATE INDEX shipments_updated_at_idx ON shipments (updated_at, id);
  ${editorIndexes('shipments')}
  ${attachTriggers('shipments')}

  CREATE TABLE shipment_items (
    id uuid NOT NULL CONSTRAINT shipment_items_pk PRIMARY KEY,
    shipment_id uuid NOT NULL CONSTRAINT shipment_items_shipment_id_fk REFERENCES shipments (id) ON DELETE RESTRICT,
    order_item_id uuid NOT NULL CONSTRAINT shipment_items_order_item_id_fk REFERENCES order_items (id) ON DELETE RESTRICT,
    quantity integer NOT NULL CONSTRAINT shipment_items_quantity_check CHECK (quantity > 0),
    created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT shipment_items_shipment_id_order_item_id_key UNIQUE (shipment_id, order_item_id)
  );
  CREATE INDEX shipment_items_order_item_id_idx ON shipment_items (order_item_id);
  ${attachTriggers('shipment_items')}
  ${appendOnly('shipment_items')}
  -- A foreign key check locks referring rows with FOR KEY SHARE as the table's owner: that takes the right to update one column.
  GRANT UPDATE (id) ON shipment_items TO CURRENT_USER;

  ${createFunctions(['guard_shipments'])}
  CREATE TRIGGER shipment_items_guard AFTER INSERT ON shipment_items FOR EACH ROW EXECUTE FUNCTION guard_shipped_pieces();
  CREATE TRIGGER shipments_move_guard BEFORE UPDATE OF order_id ON shipments FOR EACH ROW
    WHEN (OLD.order_id IS DISTINCT FROM NEW.order_id) EXECUTE FUNCTION keep_order('shipments');
  CREATE TRIGGER order_items_shipped_guard AFTER UPDATE OF quantity ON order_items FOR EACH ROW
    WHEN (NEW.quantity < OLD.quantity) EXECUTE FUNCTION guard_shipped_lines();
  `,
  `
  DROP TRIGGER order_items_shipped_guard ON order_items;
  DROP TABLE shipment_items;
  DROP TABLE shipments;
  ${dropFunctions(['guard_shipments'])}
  `,
);
