-- Whether the text is a GTIN in 14 digits whose check digit is right (GS1 General Specifications, section 7.9); nothing but zeros is none.
-- src/schema/gtin.ts accepts the same ones.
CREATE FUNCTION is_gtin(value text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN value ~ '^[0-9]{14}$' AND value <> '00000000000000' THEN
  (SELECT sum(substr(value, place, 1)::int * CASE place % 2 WHEN 1 THEN 3 ELSE 1 END) % 10 = 0 FROM generate_series(1, 14) AS place)
ELSE false END;
