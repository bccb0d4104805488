-- Whether this names a class of goods that are taxed alike: `standard`, `reduced`, `books`.
CREATE FUNCTION is_tax_class(name text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN name ~ '^[a-z][a-z0-9-]{0,31}$';
