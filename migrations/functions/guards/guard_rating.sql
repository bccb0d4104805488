-- Guards the rating and the review count of a product, which a trigger of reviews counts: a statement of its own would set what no review
-- gives.
CREATE FUNCTION guard_rating() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_trigger_depth() > 1 THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'rating and review_count are counted by a trigger: change the reviews of the product'
    USING ERRCODE = 'insufficient_privilege', TABLE = 'products', COLUMN = 'rating';
END
$$;
