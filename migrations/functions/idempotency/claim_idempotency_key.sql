-- Claims an idempotency key for the rest of the transaction, or says why that cannot be: `replay` with the recorded reply, `reused` where
-- the key was recorded for another request, `in_flight` where another transaction has claimed it. Waits for nobody. The lock comes first,
-- and each query of a VOLATILE function has a snapshot of its own: whoever gets the lock sees the record of the one who had it before.
CREATE FUNCTION claim_idempotency_key(key_id uuid, request bytea, OUT state text, OUT status smallint, OUT headers jsonb, OUT body bytea, OUT is_encrypted boolean)
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  is_locked boolean := pg_try_advisory_xact_lock(hashtextextended('idempotency key ' || key_id, 0));
  known idempotency_keys;
BEGIN
  SELECT k.* INTO known FROM idempotency_keys k WHERE k.id = key_id;
  IF FOUND AND known.request_hash <> request THEN
    state := 'reused';
  ELSIF FOUND THEN
    state := 'replay';
    status := known.status;
    headers := known.headers;
    body := known.body;
    is_encrypted := known.is_encrypted;
  ELSIF is_locked THEN
    state := 'claimed';
  ELSE
    state := 'in_flight';
  END IF;
END
$$;
