-- The lexemes of a product beside the stems of its words, each kind under a prefix that no word has: the words of its name, as they are
-- written, for queries that are still being typed (~), its SKU (sku:), its brand (brand:), the order of magnitude of its views, by which the
-- most viewed matches of a common word are found first (views:), a sixteenth of those by the last digit of the id, where even these are many
-- (views:7.a), and two digits that divide all products into 256 equal parts, of which some are a sample (part:).
CREATE FUNCTION product_lexemes(id uuid, sku text, brand text, given text, view_count bigint) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  part constant text := right(id::text, 2);
  views constant text := 'views:' || least(9, trunc(log(view_count::float8 + 1) / log(4::float8)));
BEGIN
  RETURN array_to_tsvector(
    string_to_array('~' || array_to_string(tsvector_to_array(to_tsvector('pg_catalog.simple'::regconfig, given)), E'\n~'), E'\n')
    || array_remove(ARRAY['sku:' || lower(sku), views, views || '.' || right(part, 1), 'part:' || part, 'brand:' || brand], NULL));
END
$$;
