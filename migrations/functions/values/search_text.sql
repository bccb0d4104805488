-- The text that product search compares, on both sides. `search_text` and `trigram_text` bind what they call when they are created, so they
-- work under any search path, as a generated column and an index need it. PostgreSQL expands them where they are called (which it would not
-- if they were STRICT), so text of ASCII letters, the most common case, costs no call. The functions of the other cases are plpgsql, which is
-- not expanded, or the plan of a search would be a page of regular expressions.
--
-- Letters lose their accents where the language of a shop's customers may leave them out: Latin and Greek ones, and the Russian ё. Other
-- marks make another letter (й is not и) and stay. Compatibility forms (full width, ligatures) become the letters that they stand for.
-- Scripts that do not separate words (Chinese, Japanese, Thai, Lao; Korean, which joins particles) get a space around each character: a word
-- of these is searched as a phrase. The unaccent extension knows neither, and is no part of a minimal PostgreSQL.
CREATE FUNCTION without_accents(given text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN regexp_replace(
    replace(replace(replace(replace(translate(
      normalize(regexp_replace(normalize(translate(given, '™®©℠', '    '), NFKD), '([A-Za-z\u0370-\u03ff])[\u0300-\u036f]+', '\1', 'g'), NFC),
      'ёЁøØłŁđĐðÐħĦıŋŊẞÆŒÞ', 'еЕoOlLdDdDhHinNßæœþ'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
    '([\u0e00-\u0eff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff])', ' \1 ', 'g');
END
$$;

-- Signs at the end of a word tell it from others: C++, C#, A+++. The word stays as well, so that "disney" finds Disney+.
CREATE FUNCTION with_signs_spelled(given text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN regexp_replace(regexp_replace(regexp_replace(regexp_replace(given,
    '([[:alnum:]]+)\+\+\+', '\1 \1plusplusplus ', 'g'),
    '([[:alnum:]]+)\+\+', '\1 \1plusplus ', 'g'),
    '([[:alnum:]]+)\+(?![[:alnum:]])', '\1 \1plus ', 'g'),
    '([[:alnum:]]+)#(?![[:alnum:]])', '\1 \1sharp ', 'g');
END
$$;

CREATE FUNCTION search_text(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN strpos(given, '+') + strpos(given, '#') > 0 THEN without_accents(with_signs_spelled(given))
  WHEN octet_length(given) = length(given) THEN given
  ELSE without_accents(given)
END;

-- The text that is compared by trigrams. pg_trgm drops what the C library's locale does not call a letter, which in many databases is
-- everything but ASCII, so Cyrillic and Greek letters become one ASCII character each.
CREATE FUNCTION trigram_text(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN octet_length(given) = length(given) THEN lower(search_text(given)) ELSE translate(lower(search_text(given)),
  'абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґўαβγδεζηθικλμνξοπρστυφχψως',
  'abvgdejziyklmnoprstufhcqwx1234567890uabgdezhqiklmnxoprstufcyws') END;

-- The same of a query's words, for the operator <%. It lowers the threshold of pg_trgm for the transaction: by its default of 0.6, one wrong
-- letter in a word of six is too much.
CREATE FUNCTION similar_words(words text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('pg_trgm.word_similarity_threshold', '0.5', true);
  RETURN trigram_text(words);
END
$$;
