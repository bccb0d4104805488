-- The lines of an order with what was shipped of each, what refunds put back to stock, and what is still to ship. Pieces that go back to stock
-- are taken from those that are not shipped, as far as there are any. An order with a time of shipping and without shipments was shipped
-- elsewhere, wholly.
CREATE FUNCTION pieces_of_order(checked uuid)
RETURNS TABLE (order_item_id uuid, product_id uuid, ordered int, shipped int, restocked int, to_ship int) LANGUAGE sql STABLE AS $$
  SELECT i.id, i.product_id, i.quantity, s.shipped, b.restocked, greatest(0, i.quantity - s.shipped - b.restocked)
  FROM orders o JOIN order_items i ON i.order_id = o.id
  CROSS JOIN LATERAL (
    SELECT CASE WHEN o.shipped_at IS NOT NULL AND NOT EXISTS (SELECT FROM shipments h WHERE h.order_id = o.id) THEN i.quantity
      ELSE coalesce((SELECT sum(h.quantity) FROM shipment_items h WHERE h.order_item_id = i.id), 0)::int END AS shipped
  ) s
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(r.quantity), 0)::int AS restocked
    FROM refunds f, jsonb_to_recordset(f.restock) AS r ("productId" uuid, quantity int)
    WHERE f.order_id = o.id AND r."productId" = i.product_id
  ) b
  WHERE o.id = checked ORDER BY i.id
$$;

-- No more is shipped of a line than was ordered and did not go back to stock before, and only of an order that is paid. Counted under the
-- order's lock, because under READ COMMITTED two shipments would not see each other.
CREATE FUNCTION guard_shipped_pieces() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  checked uuid := (SELECT s.order_id FROM shipments s WHERE s.id = NEW.shipment_id);
  present text;
  line record;
BEGIN
  SELECT o.status INTO present FROM orders o WHERE o.id = checked FOR NO KEY UPDATE;
  IF present NOT IN ('paid', 'partly_shipped', 'shipped', 'completed') THEN
    RAISE EXCEPTION 'order % is %, so nothing of it is shipped', checked, present
      USING ERRCODE = 'check_violation', CONSTRAINT = 'shipment_items_status_check', TABLE = 'shipment_items';
  END IF;
  SELECT p.* INTO line FROM pieces_of_order(checked) p WHERE p.order_item_id = NEW.order_item_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'order % has no line %', checked, NEW.order_item_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'shipment_items_order_item_id_check', TABLE = 'shipment_items';
  END IF;
  IF line.shipped + line.restocked > line.ordered THEN
    RAISE EXCEPTION 'more is shipped of line % than was ordered and is not back in stock', NEW.order_item_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'shipment_items_left_check', TABLE = 'shipment_items';
  END IF;
  RETURN NULL;
END
$$;

-- A line keeps at least what was shipped of it.
CREATE FUNCTION guard_shipped_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM orders WHERE id = NEW.order_id FOR NO KEY UPDATE;
  IF NEW.quantity < (SELECT coalesce(sum(h.quantity), 0) FROM shipment_items h WHERE h.order_item_id = NEW.id) THEN
    RAISE EXCEPTION 'more of line % is shipped already', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'order_items_shipped_check', TABLE = 'order_items';
  END IF;
  RETURN NULL;
END
$$;

-- What belongs to an order stays with it: the counts of the order that it left would go unchecked. Its argument is the table's name.
CREATE FUNCTION keep_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a row of % stays with its order', TG_ARGV[0]
    USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0] || '_order_id_check';
END
$$;
