-- A session variable of the transaction (`app.*`), or null where it is not set.
CREATE FUNCTION session_variable(name text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT nullif(current_setting(name, true), '')
$$;
