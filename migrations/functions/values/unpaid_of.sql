-- Locks the unpaid orders of a buyer for the rest of the transaction, by the lock of a name, and counts them and their pieces. Each query
-- of a VOLATILE function has a snapshot of its own: the count sees what others committed while this one waited for the lock. With `skips`
-- it does not wait, and says whether it has the lock.
CREATE FUNCTION unpaid_of(buyer uuid, skips boolean)
RETURNS TABLE (is_locked boolean, unpaid_orders int, unpaid_units bigint) LANGUAGE plpgsql VOLATILE ROWS 1 AS $$
DECLARE
  name bigint := hashtextextended('unpaid orders of ' || buyer, 0);
BEGIN
  IF skips THEN
    is_locked := pg_try_advisory_xact_lock(name);
  ELSE
    PERFORM pg_advisory_xact_lock(name);
    is_locked := true;
  END IF;
  IF is_locked THEN
    SELECT count(DISTINCT o.id)::int, coalesce(sum(i.quantity), 0) INTO unpaid_orders, unpaid_units
    FROM orders o LEFT JOIN order_items i ON i.order_id = o.id WHERE o.user_id = buyer AND o.status = 'pending';
  END IF;
  RETURN NEXT;
END
$$;
