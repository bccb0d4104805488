-- Whether this is a list of at most so many ids, each once.
CREATE FUNCTION are_uuids(list jsonb, most integer) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN jsonb_typeof(list) <> 'array' THEN false ELSE
    jsonb_array_length(list) <= most AND (
      SELECT coalesce(bool_and(jsonb_typeof(id) = 'string' AND id #>> '{}' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'), true) AND count(DISTINCT id) = count(*)
      FROM jsonb_array_elements(list) AS l (id)
    )
  END
$$;
