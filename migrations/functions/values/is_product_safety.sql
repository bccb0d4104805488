-- Whether the value has the shape of a product's safety information; the API knows the rules within it.
CREATE FUNCTION is_product_safety(value jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN jsonb_typeof(value) = 'object' AND length(value::text) <= 1000000
  AND value - '{manufacturer,responsiblePerson,warnings}'::text[] = '{}'
  AND coalesce(jsonb_typeof(value -> 'manufacturer'), 'object') = 'object'
  AND coalesce(jsonb_typeof(value -> 'responsiblePerson'), 'object') = 'object'
  AND coalesce(jsonb_typeof(value -> 'warnings'), 'array') = 'array';
