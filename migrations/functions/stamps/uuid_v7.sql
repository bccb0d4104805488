-- UUIDv7 (RFC 9562, 5.7) for rows that triggers write. PostgreSQL 18 makes them itself, at a twentieth of the cost; an order makes ten.
-- Older servers: 48 bits of Unix time in milliseconds, version, variant, random bits.
DO $do$ BEGIN
  IF current_setting('server_version_num')::int >= 180000 THEN
    CREATE FUNCTION uuid_v7() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$ SELECT uuidv7() $$;
  ELSE
    CREATE FUNCTION uuid_v7() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
      SELECT (
        lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0')
        || '7' || substr(replace(gen_random_uuid()::text, '-', ''), 14)
      )::uuid
    $$;
  END IF;
END $do$;
