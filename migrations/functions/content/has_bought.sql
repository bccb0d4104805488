-- Whether a customer has bought a product: an order of theirs with it was paid, and neither cancelled nor wholly refunded.
CREATE FUNCTION has_bought(buyer uuid, product uuid) RETURNS boolean LANGUAGE sql STABLE STRICT AS $$
  SELECT EXISTS (
    SELECT FROM orders o JOIN order_items i ON i.order_id = o.id AND i.product_id = product
    WHERE o.user_id = buyer AND o.status IN ('paid', 'shipped', 'completed')
  )
$$;

-- Decides from the orders, and from nothing else, whether a review is of a verified purchase: as of its last change.
CREATE FUNCTION verify_purchase() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.verified_purchase := coalesce(has_bought(NEW.author_id, NEW.product_id), false);
  RETURN NEW;
END
$$;
