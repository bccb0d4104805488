-- Whether a name or key is tidy and a reader sees something of it: not white space, controls and default-ignorable code points alone. A name
-- in printable ASCII without spaces around it is, which one short pattern tells; PostgreSQL checks the name of every row that it writes.
CREATE OR REPLACE FUNCTION is_name(value text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT value ~ '^[\u0021-\u007e]([\u0020-\u007e]*[\u0021-\u007e])?$' OR
    (value = tidied(value) AND value ~ '[^\u0001-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]')
$$;
