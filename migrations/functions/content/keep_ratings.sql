-- After each statement that wrote reviews, the rating and the review count of every product whose published reviews it changed are counted
-- anew, under the locks of these products in the order of their ids. Each query of a VOLATILE function has a snapshot of its own: the count
-- sees what others committed while this one waited for a lock. EXECUTE plans for the rows that there are, see record_changes.
CREATE FUNCTION keep_ratings() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  counted CONSTANT text := 'CASE WHEN %1$s.status = ''published'' AND %1$s.deleted_at IS NULL THEN %1$s.rating END';
  changed uuid[];
BEGIN
  EXECUTE CASE TG_OP
    WHEN 'INSERT' THEN format('SELECT array_agg(DISTINCT n.product_id) FROM new_rows n WHERE ' || counted || ' IS NOT NULL', 'n')
    WHEN 'DELETE' THEN format('SELECT array_agg(DISTINCT o.product_id) FROM old_rows o WHERE ' || counted || ' IS NOT NULL', 'o')
    ELSE 'SELECT array_agg(DISTINCT p.id) FROM old_rows o FULL JOIN new_rows n ON n.id = o.id, LATERAL (VALUES (o.product_id), (n.product_id)) p (id)
      WHERE (o.product_id, ' || format(counted, 'o') || ') IS DISTINCT FROM (n.product_id, ' || format(counted, 'n') || ')'
  END INTO changed;
  IF changed IS NULL THEN
    RETURN NULL;
  END IF;
  PERFORM FROM products WHERE id = ANY (changed) ORDER BY id FOR NO KEY UPDATE;
  UPDATE products p SET rating = r.rating, review_count = r.reviews
  FROM unnest(changed) AS w (id), LATERAL (
    SELECT coalesce(round(avg(v.rating), 2), 0) AS rating, count(*)::int AS reviews
    FROM reviews v WHERE v.product_id = w.id AND v.status = 'published' AND v.deleted_at IS NULL OFFSET 0
  ) r
  WHERE p.id = w.id AND (p.rating, p.review_count) IS DISTINCT FROM (r.rating, r.reviews);
  RETURN NULL;
END
$$;
