CREATE FUNCTION is_option_word(word jsonb, longest integer) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT jsonb_typeof(word) = 'string' AND length(word #>> '{}') <= longest AND is_name(word #>> '{}')
$$;

CREATE FUNCTION are_option_words(list jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN jsonb_typeof(list) <> 'array' THEN false ELSE
    jsonb_array_length(list) BETWEEN 1 AND 150 AND (
      SELECT coalesce(bool_and(is_option_word(word, 100)), true) AND count(DISTINCT word) = count(*) FROM jsonb_array_elements(list) AS l (word)
    )
  END
$$;

CREATE FUNCTION is_option_axis(axis jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN jsonb_typeof(axis) <> 'object' OR axis - '{name,values}'::text[] <> '{}' THEN false
    ELSE coalesce(is_option_word(axis -> 'name', 60), false) AND coalesce(are_option_words(axis -> 'values'), false)
  END
$$;

-- Whether this is a list of at most five axes with names of their own, such as Size and Colour, each with a list of distinct values. Both are
-- names; src/catalogue/groups/option-axes.ts has the same bounds.
CREATE FUNCTION are_option_axes(options jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN jsonb_typeof(options) <> 'array' THEN false ELSE
    jsonb_array_length(options) <= 5 AND (
      SELECT coalesce(bool_and(is_option_axis(axis)), true) AND count(DISTINCT axis -> 'name') = count(*) FROM jsonb_array_elements(options) AS o (axis)
    )
  END
$$;

-- Whether these are one value per axis, each of the axis's own. An array contains its members, and other arrays, so that a value must be text.
CREATE FUNCTION option_values_fit(option_values jsonb, options jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT (SELECT count(*) FROM jsonb_object_keys(option_values)) = jsonb_array_length(options) AND NOT EXISTS (
    SELECT FROM jsonb_array_elements(options) AS o (axis), LATERAL (SELECT option_values -> (axis ->> 'name')) AS v (given)
    WHERE given IS NULL OR jsonb_typeof(given) <> 'string' OR NOT (axis -> 'values') @> given
  )
$$;
