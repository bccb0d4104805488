-- After each statement, the path of every category that it wrote is its parent's path and its own id, and so is that of every child.
-- A path that grows with each level rules out cycles. Writers of the tree take one lock, the API's own (src/database/locks.ts), so that
-- two moves at once cannot make a cycle together; an edit that leaves the tree alone takes none.
CREATE FUNCTION guard_category_tree() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  broken uuid;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NOT EXISTS (SELECT FROM new_rows n JOIN old_rows o ON o.id = n.id WHERE (n.parent_id, n.path) IS DISTINCT FROM (o.parent_id, o.path)) THEN
      RETURN NULL;
    END IF;
  END IF;
  PERFORM pg_advisory_xact_lock(7002);
  SELECT n.id INTO broken FROM new_rows n LEFT JOIN categories p ON p.id = n.parent_id
  WHERE n.path <> coalesce(p.path, '/') || n.id || '/' LIMIT 1;
  IF broken IS NULL THEN
    SELECT c.id INTO broken FROM new_rows n JOIN categories c ON c.parent_id = n.id WHERE c.path <> n.path || c.id || '/' LIMIT 1;
  END IF;
  IF broken IS NOT NULL THEN
    RAISE EXCEPTION 'the path of category % does not follow its parent', broken
      USING ERRCODE = 'check_violation', CONSTRAINT = 'categories_tree_check', TABLE = 'categories';
  END IF;
  RETURN NULL;
END
$$;
