-- Puts a category with the position -1, the column's default, behind its siblings, deleted ones included. Writers of the tree take one lock,
-- the API's own (src/database/locks.ts), so that no two get the same position. Sequential scans are off because a connection keeps the plan
-- of its first calls, which may have seen an empty table.
CREATE FUNCTION append_category() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7002);
  IF NEW.parent_id IS NULL THEN
    SELECT c.position INTO NEW.position FROM categories c WHERE c.parent_id IS NULL ORDER BY c.position DESC LIMIT 1;
  ELSE
    SELECT c.position INTO NEW.position FROM categories c WHERE c.parent_id = NEW.parent_id ORDER BY c.position DESC LIMIT 1;
  END IF;
  NEW.position := coalesce(NEW.position, -1) + 1;
  RETURN NEW;
END
$$;
