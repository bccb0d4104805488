-- The queries of product search. The configuration is found by the search path, as tables are; changing it changes what these return.

-- The words of a query in the grammar of websearch_to_tsquery, and the last one, which may still be typed: it matches as a word, and as the
-- beginning of a word of a name. A word that the language leaves out, such as "the", is asked for only where it is the whole query.
CREATE FUNCTION search_query(words text, last_word text) RETURNS tsquery LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  others tsquery := websearch_to_tsquery('product_search', query_text(words));
  whole tsquery := websearch_to_tsquery('product_search', query_text(last_word));
BEGIN
  IF last_word = '' OR (numnode(whole) = 0 AND numnode(others) > 0) THEN
    RETURN others;
  END IF;
  RETURN others && (whole || beginning_query('~' || lower(query_text(last_word))));
END
$$;

-- Lexemes that begin so.
CREATE FUNCTION beginning_query(beginning text) RETURNS tsquery LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN ('''' || replace(replace(beginning, '\', '\\'), '''', '''''') || ''':*')::tsquery;
END
$$;

-- The words of a query, of letters and digits only, as words of a name, the last one as the beginning of one.
CREATE FUNCTION name_query(words text, last_word text) RETURNS tsquery LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  others text := plainto_tsquery('pg_catalog.simple', query_text(words))::text;
BEGIN
  RETURN regexp_replace(others, '''([^'']+)''', '''~\1''', 'g')::tsquery && beginning_query('~' || lower(query_text(last_word)));
END
$$;
