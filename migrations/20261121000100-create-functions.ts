import { migration } from './support/migration';

/* Words that triggers share. Names of tables come from trigger arguments: a distributed table has another name on each shard. */
export = migration(
  `
  CREATE EXTENSION IF NOT EXISTS pg_trgm;

  -- UUIDv7 (RFC 9562, 5.7): 48 bits of Unix time in milliseconds, version, variant, random. For rows that triggers write.
  CREATE FUNCTION uuid_v7() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
    SELECT (
      lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0')
      || '7' || substr(replace(gen_random_uuid()::text, '-', ''), 14)
    )::uuid
  $$;

  -- A setting of the unit of work, or null where there is none.
  CREATE FUNCTION work_setting(name text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT nullif(current_setting(name, true), '')
  $$;

  -- Keeps version, updated_at and who did it, whatever path a write takes; what says how a row came to be never changes.
  CREATE FUNCTION stamp_row() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    actor uuid := work_setting('app.actor_id')::uuid;
  BEGIN
    IF TG_OP = 'INSERT' THEN
      NEW.version := 1;
      NEW.created_by := coalesce(NEW.created_by, actor);
      NEW.updated_by := coalesce(NEW.updated_by, NEW.created_by);
      RETURN NEW;
    END IF;
    NEW.id := OLD.id;
    NEW.created_at := OLD.created_at;
    NEW.version := OLD.version + 1;
    IF NEW.created_by IS NOT NULL THEN
      NEW.created_by := OLD.created_by;
    END IF;
    IF actor IS NOT NULL THEN
      NEW.updated_by := actor;
    END IF;
    NEW.updated_at := greatest(OLD.updated_at, date_trunc('milliseconds', clock_timestamp()));
    RETURN NEW;
  END
  $$;

  CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION '% is append-only: its rows are never changed or deleted', TG_ARGV[0]
      USING ERRCODE = 'insufficient_privilege';
  END
  $$;
  `,
  `
  DROP FUNCTION refuse_change();
  DROP FUNCTION stamp_row();
  DROP FUNCTION work_setting(text);
  DROP FUNCTION uuid_v7();
  DROP EXTENSION pg_trgm;
  `,
);
