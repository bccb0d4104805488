-- A text with the words that a query has marked by <mark>, as HTML: the rest is escaped. `words` is a query of single words, any of which is
-- marked, and `runs` are parts of words of scripts that do not separate them. A long text is cut to some words around the first marked one.
-- Unlike ts_headline, it compares words without accents, as the index does. It reads the first 500 words.
CREATE FUNCTION highlighted(given text, words tsquery, runs text[], most_words integer) RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  separators constant text := '\s!-/:-@\[-`{-~\u2000-\u206f\u3000-\u303f';
  parts text[] := ARRAY(SELECT m[1] FROM regexp_matches(given, '([^' || separators || ']+[' || separators || ']*|[' || separators || ']+)', 'g') WITH ORDINALITY AS r (m, at)
    ORDER BY at LIMIT 500);
  shown text[] := '{}';
  first_marked integer;
  first_shown integer;
  word text;
  shape text;
  run text;
BEGIN
  FOR at IN 1..cardinality(parts) LOOP
    word := substring(parts[at] FROM '^[^' || separators || ']+');
    shape := escaped_html(parts[at]);
    IF word IS NOT NULL AND (to_tsvector('product_search', indexed_text(word)) || search_lexemes('00000000-0000-0000-0000-000000000000', '', indexed_text(word), 0)) @@ words THEN
      shape := '<mark>' || escaped_html(word) || '</mark>' || escaped_html(substr(parts[at], length(word) + 1));
      first_marked := coalesce(first_marked, at);
    ELSE
      FOREACH run IN ARRAY runs LOOP
        IF strpos(shape, run) > 0 THEN
          shape := replace(shape, run, '<mark>' || run || '</mark>');
          first_marked := coalesce(first_marked, at);
          EXIT;
        END IF;
      END LOOP;
    END IF;
    shown := shown || shape;
  END LOOP;
  first_shown := CASE WHEN cardinality(parts) <= most_words THEN 1 ELSE greatest(1, least(coalesce(first_marked, 1) - 5, cardinality(parts) - most_words + 1)) END;
  RETURN CASE WHEN first_shown > 1 THEN '…' ELSE '' END
    || coalesce(rtrim(array_to_string(shown[first_shown:first_shown + most_words - 1], '')), '')
    || CASE WHEN first_shown + most_words - 1 < cardinality(parts) THEN '…' ELSE '' END;
END
$$;

CREATE FUNCTION escaped_html(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN replace(replace(replace(replace(replace(given, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;');
