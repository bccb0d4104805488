-- After each statement, what every live comment that it wrote or restored is about exists and is not deleted. Its row is locked until the
-- transaction ends, so that it cannot be deleted meanwhile: a foreign key alone does not prevent a soft delete. The locks come by table, then
-- by id.
CREATE FUNCTION guard_comment_targets() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wanted uuid[];
  held uuid[];
  kind text[];
BEGIN
  FOREACH kind SLICE 1 IN ARRAY '{{Post,posts},{Product,products},{User,users}}'::text[][] LOOP
    IF TG_OP = 'INSERT' THEN
      SELECT array_agg(DISTINCT commentable_id) INTO wanted FROM new_rows WHERE commentable_type = kind[1] AND deleted_at IS NULL;
    ELSE
      SELECT array_agg(DISTINCT n.commentable_id) INTO wanted FROM new_rows n FULL JOIN old_rows o ON o.id = n.id
      WHERE n.commentable_type = kind[1] AND n.deleted_at IS NULL
        AND (o.deleted_at IS NOT NULL OR (o.commentable_type, o.commentable_id) IS DISTINCT FROM (n.commentable_type, n.commentable_id));
    END IF;
    CONTINUE WHEN wanted IS NULL;
    EXECUTE format('SELECT array_agg(id) FROM (SELECT id FROM %I WHERE id = ANY ($1) AND deleted_at IS NULL ORDER BY id FOR SHARE) t', kind[2])
      INTO held USING wanted;
    IF held IS NULL OR cardinality(held) < cardinality(wanted) THEN
      RAISE EXCEPTION 'a comment is about a % that does not exist or is deleted', lower(kind[1])
        USING ERRCODE = 'check_violation', CONSTRAINT = 'comments_commentable_id_check', TABLE = 'comments', COLUMN = 'commentable_id';
    END IF;
  END LOOP;
  RETURN NULL;
END
$$;
