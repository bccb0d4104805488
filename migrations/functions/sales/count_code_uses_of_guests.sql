-- The orders of a customer with a discount code that are not cancelled; a guest is known by the email. Each call sees what is committed by
-- then, unlike the statement that calls it: so it sees those that were placed while the code's row was waited for.
CREATE FUNCTION uses_of_code(code uuid, customer uuid, guest_email text) RETURNS integer LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  IF customer IS NULL THEN
    RETURN (SELECT count(*) FROM orders o
      WHERE o.discount_code_id = code AND o.user_id IS NULL AND lower(o.email) = lower(guest_email) AND o.status <> 'cancelled');
  END IF;
  RETURN (SELECT count(*) FROM orders o WHERE o.discount_code_id = code AND o.user_id = customer AND o.status <> 'cancelled');
END
$$;

-- Counts the uses of a discount code: the orders with it that are not cancelled. The limits hold for every writer; who writes an order locks
-- the code's row before he decides, and this takes the same lock.
CREATE OR REPLACE FUNCTION count_code_use() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before uuid := CASE WHEN TG_OP <> 'INSERT' AND OLD.status <> 'cancelled' THEN OLD.discount_code_id END;
  after uuid := CASE WHEN TG_OP <> 'DELETE' AND NEW.status <> 'cancelled' THEN NEW.discount_code_id END;
BEGIN
  IF before IS NOT DISTINCT FROM after THEN
    RETURN NULL;
  END IF;
  UPDATE discount_codes SET used_count = used_count - 1 WHERE id = before;
  UPDATE discount_codes SET used_count = used_count + 1 WHERE id = after AND (usage_limit IS NULL OR used_count < usage_limit);
  IF after IS NOT NULL AND NOT FOUND THEN
    RAISE EXCEPTION 'the discount code of order % is used up', NEW.order_number
      USING ERRCODE = 'check_violation', CONSTRAINT = 'discount_codes_used_up_check', TABLE = 'discount_codes';
  END IF;
  IF after IS NOT NULL AND uses_of_code(after, NEW.user_id, NEW.email) > (SELECT usage_limit_per_customer FROM discount_codes WHERE id = after) THEN
    RAISE EXCEPTION 'the customer of order % has used its discount code', NEW.order_number
      USING ERRCODE = 'check_violation', CONSTRAINT = 'discount_codes_used_by_customer_check', TABLE = 'discount_codes';
  END IF;
  RETURN NULL;
END
$$;
