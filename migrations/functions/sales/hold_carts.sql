-- A cart that was ordered or abandoned stays so, and its order with it.
CREATE FUNCTION guard_cart_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the cart % is %', OLD.id, OLD.status
    USING ERRCODE = 'check_violation', CONSTRAINT = 'carts_open_check', TABLE = 'carts';
END
$$;

-- A cart that is ordered, abandoned or deleted is held no longer.
CREATE FUNCTION end_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.held_until := NULL;
  RETURN NEW;
END
$$;

-- Moves stock for a cart, with the cart in the ledger's note: out of stock with a quantity above zero, back with one below. The reason holds
-- for these rows alone. Returns the number of products.
CREATE FUNCTION hold_stock(cart uuid, products_held uuid[], quantities integer[]) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  reason text := coalesce(current_setting('app.stock_reason', true), '');
  note text := coalesce(current_setting('app.ledger_note', true), '');
  units text := coalesce(current_setting('app.units', true), '');
BEGIN
  PERFORM FROM products WHERE id = ANY (products_held) ORDER BY id FOR NO KEY UPDATE;
  PERFORM set_config('app.units', '', true), set_config('app.ledger_note', 'cart ' || cart, true),
    set_config('app.stock_reason', CASE WHEN quantities[1] > 0 THEN 'hold' ELSE 'release' END, true);
  UPDATE products p SET stock_quantity = p.stock_quantity - h.quantity
  FROM unnest(products_held, quantities) AS h (id, quantity) WHERE p.id = h.id;
  PERFORM set_config('app.units', units, true), set_config('app.ledger_note', note, true), set_config('app.stock_reason', reason, true);
  RETURN cardinality(products_held);
END
$$;

-- Takes the goods of a cart out of stock when its hold begins, and puts them back when it ends. A cart that became an order gives them to it:
-- the ledger has a release and a sale, and the count stays what it was.
CREATE FUNCTION move_held_stock() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  cart carts := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  begins boolean := TG_OP <> 'DELETE' AND NEW.held_until IS NOT NULL;
  ids uuid[];
  quantities integer[];
BEGIN
  SELECT array_agg(product_id ORDER BY product_id), array_agg(CASE WHEN begins THEN quantity ELSE -quantity END ORDER BY product_id)
  INTO ids, quantities FROM cart_items WHERE cart_id = cart.id;
  IF cart.status = 'ordered' THEN
    INSERT INTO stock_movements (id, product_id, delta, reason, quantity_after, order_id, note, actor_id)
    SELECT uuid_v7(), i.product_id, m.delta * i.quantity, m.reason, p.stock_quantity + m.held * i.quantity,
      CASE m.reason WHEN 'order' THEN cart.order_id END, CASE m.reason WHEN 'release' THEN 'cart ' || cart.id END, w.actor_id
    FROM cart_items i JOIN products p ON p.id = i.product_id,
      (VALUES (1, 'release', 1), (-1, 'order', 0)) AS m (delta, reason, held),
      (SELECT units_of_work() AS units OFFSET 0) u, unit_of(u.units, cart.id) w
    WHERE i.cart_id = cart.id ORDER BY i.product_id, m.held DESC;
  ELSIF ids IS NOT NULL THEN
    PERFORM hold_stock(cart.id, ids, quantities);
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;

-- A line that comes, goes or changes is a change of its cart, which is open and takes or gives the difference where it is held. Carts that
-- are purged take their lines along.
CREATE FUNCTION change_cart() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  line cart_items := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  cart carts;
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.cart_id, OLD.product_id) IS DISTINCT FROM (NEW.cart_id, NEW.product_id) THEN
    RAISE EXCEPTION 'a line of a cart stays with its cart and its product'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'cart_items_product_id_check', TABLE = 'cart_items';
  END IF;
  UPDATE carts SET is_hold_extended = is_hold_extended WHERE id = line.cart_id RETURNING * INTO cart;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  IF TG_OP <> 'DELETE' AND (cart.status <> 'open' OR cart.deleted_at IS NOT NULL) THEN
    RAISE EXCEPTION 'the cart % is %', cart.id, CASE WHEN cart.status = 'open' THEN 'deleted' ELSE cart.status END
      USING ERRCODE = 'check_violation', CONSTRAINT = 'carts_open_check', TABLE = 'carts';
  END IF;
  IF cart.held_until IS NOT NULL THEN
    PERFORM hold_stock(cart.id, ARRAY[line.product_id],
      ARRAY[CASE WHEN TG_OP = 'DELETE' THEN 0 ELSE NEW.quantity END - CASE WHEN TG_OP = 'INSERT' THEN 0 ELSE OLD.quantity END]);
  END IF;
  RETURN NULL;
END
$$;
