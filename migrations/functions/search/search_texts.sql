-- The texts that product search compares. What a product says goes through `indexed_text`, what a customer asks for through `query_text`.
-- They bind what they call when they are created, so they work under any search path, as a generated column needs it. PostgreSQL expands
-- `indexed_text` where it is called, so that text of plain ASCII words, the most common case, costs no call.

-- Letters lose their accents where customers may leave them out: Latin and Greek ones, and the Russian ё. Other marks make another letter
-- (й is not и) and stay. Compatibility forms (full and half width, ligatures) become the letters that they stand for.
CREATE FUNCTION folded_text(given text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN replace(replace(replace(replace(translate(
    normalize(regexp_replace(normalize(translate(given, '™®©℠', '    '), NFKD), '([A-Za-z\u0370-\u03ff])[\u0300-\u036f]+', '\1', 'g'), NFC),
    'ёЁøØłŁđĐðÐħĦıŋŊẞÆŒÞ', 'еЕoOlLdDdDhHinNßæœþ'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th');
END
$$;

-- Signs that tell words apart become words: C++, C#, A+++, AT&T. The words around them stay, so that "disney" finds Disney+.
CREATE FUNCTION with_signs_as_words(given text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN regexp_replace(with_signs_spelled(given), '([[:alnum:]]+)&([[:alnum:]]+)', '\1 \2 \1and\2', 'g');
END
$$;

-- Scripts that do not separate words (Chinese, Japanese, Thai, Lao; Korean, which joins particles) are compared by pairs of characters:
-- 寿司屋 becomes 寿 寿司 司屋 屋. The single characters at both ends let one character be found as the beginning of a word.
CREATE FUNCTION with_bigrams(given text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  joined constant text := '\u0e00-\u0eff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff';
BEGIN
  IF given !~ ('[' || joined || ']') THEN
    RETURN given;
  END IF;
  RETURN regexp_replace(regexp_replace(regexp_replace(given,
    '([^' || joined || '])([' || joined || '])', '\1 \2', 'g'),
    '([' || joined || '])([^' || joined || '])', '\1 \2', 'g'),
    '([' || joined || '])', '\1 \1', 'g');
END
$$;

CREATE FUNCTION indexed_text(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN octet_length(given) <> length(given) THEN with_bigrams(folded_text(with_signs_as_words(given)))
  WHEN strpos(given, '+') + strpos(given, '#') + strpos(given, '&') > 0 THEN with_signs_as_words(given)
  ELSE given
END;

CREATE FUNCTION query_text(given text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN folded_text(with_signs_as_words(given));
END
$$;
