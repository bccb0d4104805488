-- Mends what a repair names, by counting it again under the locks of the broken rows. A counter that a ledger keeps stays what the shop sells
-- and pays by, and the ledger gets the entry that it lacks, with the reason; other counters follow what they count. Being a trigger, it passes
-- the guards that leave these columns to triggers. Sets how many rows it mended.
CREATE FUNCTION repair_invariant() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  broken uuid[];
BEGIN
  CASE NEW.invariant
    WHEN 'stock-is-its-ledger' THEN
      broken := ARRAY(SELECT p.id FROM products p LEFT JOIN (SELECT product_id, sum(delta) AS sum FROM stock_movements GROUP BY product_id) m
        ON m.product_id = p.id WHERE p.stock_quantity <> coalesce(m.sum, 0));
      PERFORM FROM products WHERE id = ANY (broken) ORDER BY id FOR NO KEY UPDATE;
      INSERT INTO stock_movements (id, product_id, delta, reason, quantity_after, note, actor_id)
      SELECT uuid_v7(), p.id, p.stock_quantity - coalesce(m.sum, 0), 'adjustment', p.stock_quantity, left('repair: ' || NEW.reason, 1000), NEW.created_by
      FROM products p, LATERAL (SELECT sum(delta)::int AS sum FROM stock_movements WHERE product_id = p.id) m
      WHERE p.id = ANY (broken) AND p.stock_quantity <> coalesce(m.sum, 0);
    WHEN 'balance-is-its-ledger' THEN
      broken := ARRAY(SELECT u.id FROM users u LEFT JOIN (SELECT user_id, sum(amount) AS sum FROM balance_entries GROUP BY user_id) e
        ON e.user_id = u.id WHERE u.balance <> coalesce(e.sum, 0));
      PERFORM FROM users WHERE id = ANY (broken) ORDER BY id FOR NO KEY UPDATE;
      INSERT INTO balance_entries (id, user_id, amount, balance_after, kind, note, actor_id)
      SELECT uuid_v7(), u.id, u.balance - coalesce(e.sum, 0), u.balance, 'adjustment', left('repair: ' || NEW.reason, 1000), NEW.created_by
      FROM users u, LATERAL (SELECT sum(amount) AS sum FROM balance_entries WHERE user_id = u.id) e
      WHERE u.id = ANY (broken) AND u.balance <> coalesce(e.sum, 0);
    WHEN 'code-uses-are-orders' THEN
      broken := ARRAY(SELECT c.id FROM discount_codes c LEFT JOIN (SELECT discount_code_id, count(*) AS uses FROM orders
        WHERE status <> 'cancelled' AND discount_code_id IS NOT NULL GROUP BY 1) o ON o.discount_code_id = c.id WHERE c.used_count <> coalesce(o.uses, 0));
      PERFORM FROM discount_codes WHERE id = ANY (broken) ORDER BY id FOR NO KEY UPDATE;
      UPDATE discount_codes c SET used_count = (SELECT count(*) FROM orders o WHERE o.discount_code_id = c.id AND o.status <> 'cancelled')
      WHERE c.id = ANY (broken);
    WHEN 'rating-is-its-reviews' THEN
      broken := ARRAY(SELECT p.id FROM products p LEFT JOIN (SELECT product_id, round(avg(rating), 2) AS rating, count(*)::int AS reviews FROM reviews
        WHERE status = 'published' AND deleted_at IS NULL GROUP BY product_id) r ON r.product_id = p.id
        WHERE (p.rating, p.review_count) IS DISTINCT FROM (coalesce(r.rating, 0), coalesce(r.reviews, 0)));
      PERFORM FROM products WHERE id = ANY (broken) ORDER BY id FOR NO KEY UPDATE;
      UPDATE products p SET rating = r.rating, review_count = r.reviews
      FROM unnest(broken) AS b (id), LATERAL (
        SELECT coalesce(round(avg(v.rating), 2), 0) AS rating, count(*)::int AS reviews
        FROM reviews v WHERE v.product_id = b.id AND v.status = 'published' AND v.deleted_at IS NULL
      ) r
      WHERE p.id = b.id;
    ELSE
      RAISE EXCEPTION 'nothing repairs %', NEW.invariant USING ERRCODE = 'check_violation', CONSTRAINT = 'repairs_invariant_check', TABLE = 'repairs';
  END CASE;
  GET DIAGNOSTICS NEW.rows_mended = ROW_COUNT;
  RETURN NEW;
END
$$;
