import { amountColumn } from './support/amounts/amount-column';
import { appendOnly, attachTriggers, detachTriggers, migration } from './support/migration';
import { createFunctions, dropFunctions, formerFunction } from './support/sql-functions';

/* The earlier function has fewer columns. */
const DROP_PIECES = 'DROP FUNCTION pieces_of_order(uuid);';

const EDITED = 'return_id, order_item_id, quantity';
const STATED = 'return_number, order_id, kind, name, email, statement, receipt, confirmed_at';
const differs = (columns: string) => `(${row('OLD', columns)}) IS DISTINCT FROM (${row('NEW', columns)})`;
const row = (side: string, columns: string) =>
  columns
    .split(', ')
    .map((column) => `${side}.${column}`)
    .join(', ');

/* A refund says what it was for: pieces of lines, which nothing refunds twice, the shipping, a return. */
export = migration(
  `
  ALTER TABLE refunds
    ADD COLUMN return_id uuid NULL,
    ADD COLUMN includes_shipping boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT refunds_return_id_fk FOREIGN KEY (return_id) REFERENCES returns (id) ON DELETE RESTRICT NOT VALID;
  ${attachTriggers('refunds')}

  CREATE TABLE refund_items (
    id uuid NOT NULL CONSTRAINT refund_items_pk PRIMARY KEY,
    refund_id uuid NOT NULL CONSTRAINT refund_items_refund_id_fk REFERENCES refunds (id) ON DELETE RESTRICT,
    order_item_id uuid NOT NULL CONSTRAINT refund_items_order_item_id_fk REFERENCES order_items (id) ON DELETE RESTRICT,
    quantity integer NOT NULL CONSTRAINT refund_items_quantity_check CHECK (quantity > 0),
    ${amountColumn({ table: 'refund_items', column: 'amount', range: 'amount >= 0', hasCurrency: false })},
    created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT refund_items_refund_id_order_item_id_key UNIQUE (refund_id, order_item_id)
  );
  CREATE INDEX refund_items_order_item_id_idx ON refund_items (order_item_id);
  ${attachTriggers('refund_items')}
  ${appendOnly('refund_items')}
  -- A foreign key check locks referring rows with FOR KEY SHARE as the table's owner: that takes the right to update one column.
  GRANT UPDATE (id) ON refund_items TO CURRENT_USER;

  ${DROP_PIECES}
  ${createFunctions(['guard_returns', 'guard_refunded_pieces'])}
  CREATE TRIGGER refund_items_guard AFTER INSERT ON refund_items FOR EACH ROW EXECUTE FUNCTION guard_refunded_pieces();
  CREATE TRIGGER return_items_guard AFTER INSERT OR UPDATE OF unshipped_quantity ON return_items FOR EACH ROW
    EXECUTE FUNCTION guard_returned_pieces('return_items');
  CREATE TRIGGER return_items_edit_guard BEFORE UPDATE OF ${EDITED} ON return_items FOR EACH ROW
    WHEN (${differs(EDITED)}) EXECUTE FUNCTION refuse_edit('return_items');
  CREATE TRIGGER returns_status_guard BEFORE UPDATE OF status ON returns FOR EACH ROW
    WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION guard_return_status();
  CREATE TRIGGER returns_pieces_guard AFTER UPDATE OF status ON returns FOR EACH ROW
    WHEN (OLD.status = 'pending' AND NEW.status <> 'pending') EXECUTE FUNCTION guard_returned_pieces('returns');
  CREATE TRIGGER returns_edit_guard BEFORE UPDATE OF ${STATED} ON returns FOR EACH ROW
    WHEN (OLD.status <> 'pending' AND ${differs(STATED)}) EXECUTE FUNCTION refuse_edit('returns');
  CREATE TRIGGER returns_order_guard BEFORE UPDATE OF order_id ON returns FOR EACH ROW
    WHEN (OLD.order_id IS DISTINCT FROM NEW.order_id) EXECUTE FUNCTION keep_order('returns');
  `,
  `
  DROP TRIGGER returns_order_guard ON returns;
  DROP TRIGGER returns_edit_guard ON returns;
  DROP TRIGGER returns_pieces_guard ON returns;
  DROP TRIGGER returns_status_guard ON returns;
  DROP TRIGGER return_items_edit_guard ON return_items;
  DROP TRIGGER return_items_guard ON return_items;
  DROP TABLE refund_items;
  ${dropFunctions(['guard_refunded_pieces', 'guard_returns']).replace('DROP FUNCTION pieces_of_order;', DROP_PIECES)}
  ${formerFunction('guard_shipments', 'pieces_of_order')}
  ${detachTriggers('refunds')}
  ALTER TABLE refunds DROP COLUMN includes_shipping, DROP COLUMN return_id;
  ${attachTriggers('refunds')}
  `,
);
