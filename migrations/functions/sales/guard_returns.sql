-- Guards the status transitions of a return; src/sales/returns/return.states.ts has the same table.
CREATE FUNCTION guard_return_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.status, NEW.status) IN (
    ('pending', 'accepted'), ('pending', 'closed'), ('requested', 'accepted'), ('requested', 'rejected'),
    ('accepted', 'received'), ('accepted', 'rejected'), ('received', 'closed')
  ) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a return cannot go from % to %', OLD.status, NEW.status
    USING ERRCODE = 'check_violation', CONSTRAINT = 'returns_status_transition_check', TABLE = 'returns';
END
$$;

-- The lines of an order with what was shipped of each, what went back to stock without a return, what is still to ship, what is returned or is
-- about to be, and what was refunded by pieces. Pieces that go back to stock without a return are taken from those that are not shipped, as far
-- as there are any; so are those of a withdrawal that was confirmed before they were shipped. An order with a time of shipping and without
-- shipments was shipped elsewhere, wholly.
CREATE FUNCTION pieces_of_order(checked uuid)
RETURNS TABLE (order_item_id uuid, product_id uuid, ordered int, shipped int, restocked int, to_ship int, returned int, refunded int)
LANGUAGE sql STABLE AS $$
  SELECT i.id, i.product_id, i.quantity, s.shipped, b.restocked, greatest(0, i.quantity - s.shipped - b.restocked), r.returned, f.refunded
  FROM orders o JOIN order_items i ON i.order_id = o.id
  CROSS JOIN LATERAL (
    SELECT CASE WHEN o.shipped_at IS NOT NULL AND NOT EXISTS (SELECT FROM shipments h WHERE h.order_id = o.id) THEN i.quantity
      ELSE coalesce((SELECT sum(h.quantity) FROM shipment_items h WHERE h.order_item_id = i.id), 0)::int END AS shipped
  ) s
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(g.quantity - g.unshipped_quantity), 0)::int AS returned, coalesce(sum(g.unshipped_quantity), 0)::int AS unshipped
    FROM return_items g JOIN returns t ON t.id = g.return_id
    WHERE g.order_item_id = i.id AND t.status IN ('requested', 'accepted', 'received', 'closed')
  ) r
  CROSS JOIN LATERAL (
    SELECT (coalesce(sum(g.quantity) FILTER (WHERE f.return_id IS NULL), 0) + r.unshipped)::int AS restocked
    FROM refunds f, jsonb_to_recordset(f.restock) AS g ("productId" uuid, quantity int)
    WHERE f.order_id = o.id AND g."productId" = i.product_id
  ) b
  CROSS JOIN LATERAL (SELECT coalesce(sum(g.quantity), 0)::int AS refunded FROM refund_items g WHERE g.order_item_id = i.id) f
  WHERE o.id = checked ORDER BY i.id
$$;

-- No more comes back of a line than was shipped. Counted under the order's lock, because under READ COMMITTED two returns would not see each
-- other. Its argument is the table that fired it.
CREATE FUNCTION guard_returned_pieces() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed uuid;
  checked uuid;
BEGIN
  IF TG_ARGV[0] = 'returns' THEN
    changed := NEW.id;
  ELSE
    changed := NEW.return_id;
  END IF;
  SELECT t.order_id INTO checked FROM returns t WHERE t.id = changed;
  PERFORM FROM orders o WHERE o.id = checked FOR NO KEY UPDATE;
  IF EXISTS (
    SELECT FROM return_items g JOIN order_items i ON i.id = g.order_item_id WHERE g.return_id = changed AND i.order_id <> checked
  ) THEN
    RAISE EXCEPTION 'return % has a line of another order', changed
      USING ERRCODE = 'check_violation', CONSTRAINT = 'return_items_order_item_id_check', TABLE = 'return_items';
  END IF;
  IF EXISTS (SELECT FROM pieces_of_order(checked) p WHERE p.returned > p.shipped) THEN
    RAISE EXCEPTION 'more would come back of order % than was shipped', checked
      USING ERRCODE = 'check_violation', CONSTRAINT = 'return_items_shipped_check', TABLE = 'return_items';
  END IF;
  RETURN NULL;
END
$$;
