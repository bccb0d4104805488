-- Lets an entry of a ledger go with its owner only: with the row itself in the same transaction, and never where it records an order or
-- a refund. Arguments: the ledger, the owner's table, the column that names the owner.
CREATE FUNCTION guard_ledger_delete() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  has_owner boolean;
BEGIN
  EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE id = $1)', TG_ARGV[1]) INTO has_owner USING (to_jsonb(OLD) ->> TG_ARGV[2])::uuid;
  IF has_owner THEN
    RAISE EXCEPTION '% is append-only: an entry goes only with its row in %', TG_ARGV[0], TG_ARGV[1] USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF OLD.order_id IS NOT NULL OR OLD.refund_id IS NOT NULL THEN
    RAISE EXCEPTION 'an entry of % records an order, which needs its row in %', TG_ARGV[0], TG_ARGV[1]
      USING ERRCODE = 'foreign_key_violation', TABLE = TG_ARGV[0], CONSTRAINT = TG_ARGV[0] || '_' || TG_ARGV[2] || '_fk';
  END IF;
  RETURN OLD;
END
$$;
