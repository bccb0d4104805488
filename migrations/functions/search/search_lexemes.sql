-- The lexemes of a product beside the stems of its words, each kind under a prefix that no word has: the words of its name, as they are
-- written, for queries that are still being typed (~), its SKU (sku:), the order of magnitude of its views, by which the most viewed matches
-- of a common word are found first (views:), and two digits that divide all products into 256 equal parts, of which some are a sample (part:).
CREATE FUNCTION search_lexemes(id uuid, sku text, given text, view_count bigint) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN array_to_tsvector(
    string_to_array('~' || array_to_string(tsvector_to_array(to_tsvector('pg_catalog.simple'::regconfig, given)), E'\n~'), E'\n')
    || ARRAY['sku:' || lower(sku), 'views:' || least(9, trunc(log(view_count::float8 + 1) / log(4::float8))), 'part:' || right(id::text, 2)]);
END
$$;
