-- UUIDv7 on servers older than PostgreSQL 18 with the clock's microseconds in its first twelve random bits (RFC 9562, 6.2, method 3), as
-- PostgreSQL 18 makes them itself: two changes of a row within a millisecond keep their order in the audit log.
DO $do$ BEGIN
  IF current_setting('server_version_num')::int < 180000 THEN
    CREATE OR REPLACE FUNCTION uuid_v7() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
      SELECT (
        overlay(lpad(to_hex((extract(epoch FROM clock_timestamp()) * 4096000)::bigint), 15, '0') PLACING '7' FROM 13 FOR 0)
        || substr(replace(gen_random_uuid()::text, '-', ''), 17)
      )::uuid
    $$;
  END IF;
END $do$;
