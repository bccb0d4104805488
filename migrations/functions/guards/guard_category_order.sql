-- After each statement, of every category that it wrote: its path is its parent's path and its own id, and so is that of every child; it
-- is not live below a deleted parent; and no sibling, deleted or not, has its position. A path that grows with each level rules out cycles.
-- Writers of the tree take one lock, the API's own (src/database/locks.ts), so that two moves at once cannot make a cycle together; an edit
-- that leaves the tree alone takes none. EXECUTE plans for the rows that there are, and an aggregate for all of them: see record_changes.
CREATE OR REPLACE FUNCTION guard_category_tree() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  broken text;
  reordered text := 'new_rows';
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NOT EXISTS (
      SELECT FROM new_rows n FULL JOIN old_rows o ON o.id = n.id
      WHERE (n.parent_id, n.path, n.position, n.deleted_at IS NULL) IS DISTINCT FROM (o.parent_id, o.path, o.position, o.deleted_at IS NULL)
    ) THEN
      RETURN NULL;
    END IF;
    reordered := '(SELECT n.* FROM new_rows n FULL JOIN old_rows o ON o.id = n.id
      WHERE (n.parent_id, n.position) IS DISTINCT FROM (o.parent_id, o.position))';
  END IF;
  PERFORM pg_advisory_xact_lock(7002);
  EXECUTE $query$
    SELECT min(n.id::text) FROM new_rows n LEFT JOIN categories p ON p.id = n.parent_id
    WHERE n.path <> coalesce(p.path, '/') || n.id || '/' OR (n.deleted_at IS NULL AND p.deleted_at IS NOT NULL)
  $query$ INTO broken;
  IF broken IS NULL THEN
    EXECUTE $query$
      SELECT min(c.id::text) FROM new_rows n JOIN categories c ON c.parent_id = n.id
      WHERE c.path <> n.path || c.id || '/' OR (n.deleted_at IS NOT NULL AND c.deleted_at IS NULL)
    $query$ INTO broken;
  END IF;
  IF broken IS NOT NULL THEN
    RAISE EXCEPTION 'the path of category % does not follow its parent, or the parent is deleted', broken
      USING ERRCODE = 'check_violation', CONSTRAINT = 'categories_tree_check', TABLE = 'categories';
  END IF;
  EXECUTE format($query$
    SELECT min(n.id::text) FROM %1$s n
    WHERE EXISTS (SELECT FROM categories c WHERE c.parent_id = n.parent_id AND c.position = n.position AND c.id <> n.id)
      OR (n.parent_id IS NULL AND EXISTS (SELECT FROM categories c WHERE c.parent_id IS NULL AND c.position = n.position AND c.id <> n.id))
  $query$, reordered) INTO broken;
  IF broken IS NOT NULL THEN
    RAISE EXCEPTION 'a sibling of category % has its position; -1 puts it at the end', broken
      USING ERRCODE = 'check_violation', CONSTRAINT = 'categories_position_check', TABLE = 'categories';
  END IF;
  RETURN NULL;
END
$$;
