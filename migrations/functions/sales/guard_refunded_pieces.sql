-- What the first pieces of a line cost: their share of its amount after the discount, with its tax where prices are without it. Rounded as a
-- sum of pieces, so that the shares of all pieces, however they are grouped, add up to the line.
CREATE FUNCTION cost_of_pieces(line uuid, pieces int) RETURNS numeric LANGUAGE sql STABLE AS $$
  SELECT rounded_amount((i.subtotal - i.discount + CASE WHEN o.prices_include_tax THEN 0 ELSE i.tax END) * pieces / i.quantity, o.currency)
  FROM order_items i JOIN orders o ON o.id = i.order_id WHERE i.id = line
$$;

-- No piece is refunded twice, the pieces of a line cost what they did, and a refund is at least what its pieces cost. Counted under the order's
-- lock, because under READ COMMITTED two refunds would not see each other.
CREATE FUNCTION guard_refunded_pieces() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  refund record;
  line record;
BEGIN
  SELECT f.order_id, f.amount, o.currency INTO refund FROM refunds f JOIN orders o ON o.id = f.order_id
  WHERE f.id = NEW.refund_id FOR NO KEY UPDATE OF o;
  SELECT i.order_id, i.quantity, sum(g.quantity)::int AS refunded, sum(g.amount) AS amount INTO line
  FROM order_items i JOIN refund_items g ON g.order_item_id = i.id WHERE i.id = NEW.order_item_id GROUP BY i.id;
  IF line.order_id <> refund.order_id THEN
    RAISE EXCEPTION 'order % has no line %', refund.order_id, NEW.order_item_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'refund_items_order_item_id_check', TABLE = 'refund_items';
  END IF;
  IF line.refunded > line.quantity THEN
    RAISE EXCEPTION 'more pieces of line % are refunded than were ordered', NEW.order_item_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'refund_items_ordered_check', TABLE = 'refund_items';
  END IF;
  IF NOT is_amount_of(NEW.amount, refund.currency) OR line.amount <> cost_of_pieces(NEW.order_item_id, line.refunded)
    OR refund.amount < (SELECT sum(g.amount) FROM refund_items g WHERE g.refund_id = NEW.refund_id) THEN
    RAISE EXCEPTION 'refund % is not what its pieces of line % cost', NEW.refund_id, NEW.order_item_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'refund_items_cost_check', TABLE = 'refund_items';
  END IF;
  RETURN NULL;
END
$$;
