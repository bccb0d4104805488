-- A live product of a group has one value per axis of the group, and the group is live and has at most 500 of them. The group is locked
-- against changes of its axes first, so that a value is not removed while a product that has it is added. Both guards read the rows as
-- they stand, so that they may be deferred: SET CONSTRAINTS ALL DEFERRED lets a transaction change axes and products one after the other.
CREATE FUNCTION guard_variant() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  variant record;
  kept record;
BEGIN
  SELECT group_id, option_values INTO variant FROM products WHERE id = NEW.id AND group_id IS NOT NULL AND deleted_at IS NULL;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  SELECT options, deleted_at INTO kept FROM product_groups WHERE id = variant.group_id FOR SHARE;
  IF kept.deleted_at IS NOT NULL THEN
    RAISE EXCEPTION 'product % belongs to a deleted group', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'products_group_id_check', TABLE = 'products';
  END IF;
  IF NOT option_values_fit(variant.option_values, kept.options) THEN
    RAISE EXCEPTION 'the option values of product % are not one per axis of its group', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'products_option_values_check', TABLE = 'products';
  END IF;
  IF (SELECT count(*) FROM (SELECT FROM products WHERE group_id = variant.group_id AND deleted_at IS NULL LIMIT 501) v) > 500 THEN
    RAISE EXCEPTION 'group % would have more than 500 products', variant.group_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'products_group_size_check', TABLE = 'products';
  END IF;
  RETURN NULL;
END
$$;

-- The axes of a group are those of its live products, however they change; the update has locked the group.
CREATE FUNCTION guard_group_options() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  broken uuid;
BEGIN
  SELECT p.id INTO broken FROM products p JOIN product_groups g ON g.id = p.group_id
  WHERE g.id = NEW.id AND p.deleted_at IS NULL AND NOT option_values_fit(p.option_values, g.options) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'product % has other axes or values than its group', broken
      USING ERRCODE = 'check_violation', CONSTRAINT = 'product_groups_options_in_use_check', TABLE = 'product_groups';
  END IF;
  RETURN NULL;
END
$$;

-- At commit, a deleted group has no live products.
CREATE FUNCTION guard_group_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM product_groups g JOIN products p ON p.group_id = g.id AND p.deleted_at IS NULL WHERE g.id = NEW.id AND g.deleted_at IS NOT NULL) THEN
    RAISE EXCEPTION 'group % is deleted, but not its products', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'product_groups_products_check', TABLE = 'product_groups';
  END IF;
  RETURN NULL;
END
$$;
