-- What the audit log keeps of a personal value: the SHA-256 of the column's name and the value under the salt that audit_personal keeps.
-- Whoever has value and salt can prove the entry; once they are erased, nobody can guess the value, not even a short one.
CREATE FUNCTION personal_digest(name text, value jsonb, salt text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 'sha256:' || encode(sha256(convert_to(salt || ' ' || name || ' ' || value::text, 'UTF8')), 'hex');

-- The personal values among recorded ones; null where there is none.
CREATE FUNCTION personal_of(recorded_values jsonb, personal text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT jsonb_object_agg(name, recorded_values -> name) FROM unnest(personal) AS name WHERE jsonb_typeof(recorded_values -> name) <> 'null'
$$;

-- Recorded values with the digest in the place of each personal one.
CREATE FUNCTION digested(recorded_values jsonb, personal_values jsonb, salt text) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN personal_values IS NULL THEN recorded_values
    ELSE recorded_values || (SELECT jsonb_object_agg(key, personal_digest(key, value, salt)) FROM jsonb_each(personal_values)) END
$$;
