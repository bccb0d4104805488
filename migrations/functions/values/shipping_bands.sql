-- Whether these are the countries of a shipping method: codes of two capital letters (ISO 3166-1), each once.
CREATE FUNCTION are_countries(list jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN jsonb_typeof(list) <> 'array' THEN false ELSE
    jsonb_array_length(list) <= 300 AND (
      SELECT coalesce(bool_and(jsonb_typeof(code) = 'string' AND code #>> '{}' ~ '^[A-Z]{2}$'), true) AND count(DISTINCT code) = count(*)
      FROM jsonb_array_elements(list) AS l (code)
    )
  END
$$;

CREATE FUNCTION is_band_limit(bound jsonb, decimals integer) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN coalesce(jsonb_typeof(bound), 'null') = 'null' THEN true
    WHEN jsonb_typeof(bound) <> 'string' OR bound #>> '{}' !~ '^[0-9]{1,10}(\.[0-9]{1,3})?$' THEN false
    ELSE (bound #>> '{}')::numeric = round((bound #>> '{}')::numeric, decimals)
  END
$$;

CREATE FUNCTION is_shipping_band(band jsonb, basis text, currency text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN jsonb_typeof(band) <> 'object' OR band - '{upTo,price}'::text[] <> '{}' OR jsonb_typeof(band -> 'price') IS DISTINCT FROM 'string' THEN false
    ELSE is_band_limit(band -> 'price', currency_decimals(currency))
      AND is_band_limit(band -> 'upTo', CASE basis WHEN 'weight' THEN 0 ELSE currency_decimals(currency) END)
  END
$$;

-- Whether these are the bands of a shipping method: each has a price in the currency, and up to which subtotal or weight in grams it holds;
-- these rise, and the last band alone may be without one. src/sales/shipping-methods/shipping-bands.ts has the same rules.
CREATE FUNCTION are_shipping_bands(list jsonb, basis text, currency text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN jsonb_typeof(list) <> 'array' THEN false
    WHEN NOT (SELECT coalesce(bool_and(is_shipping_band(band, basis, currency)), false) FROM jsonb_array_elements(list) AS l (band)) THEN false
    ELSE jsonb_array_length(list) <= 50 AND (
      SELECT bool_and(CASE
        WHEN band ->> 'upTo' IS NULL THEN position = jsonb_array_length(list)
        WHEN position = 1 THEN (band ->> 'upTo')::numeric > 0
        ELSE (band ->> 'upTo')::numeric > (list -> (position - 2)::integer ->> 'upTo')::numeric
      END)
      FROM jsonb_array_elements(list) WITH ORDINALITY AS l (band, position)
    )
  END
$$;
