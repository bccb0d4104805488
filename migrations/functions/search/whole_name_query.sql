-- The words of a query, of letters and digits only, as whole words of a name.
CREATE FUNCTION whole_name_query(words text) RETURNS tsquery LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN regexp_replace(plainto_tsquery('pg_catalog.simple', query_text(words))::text, '''([^'']+)''', '''~\1''', 'g')::tsquery;
END
$$;
