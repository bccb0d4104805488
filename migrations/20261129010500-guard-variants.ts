import { migration } from './support/migration';
import { createFunctions, dropFunctions } from './support/sql-functions';

/* A product without a group costs no more than the comparison with null. */
export = migration(
  `
  ${createFunctions(['guard_variants'])}
  CREATE CONSTRAINT TRIGGER products_variant_guard AFTER INSERT OR UPDATE OF group_id, option_values, deleted_at ON products
    DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (NEW.group_id IS NOT NULL AND NEW.deleted_at IS NULL) EXECUTE FUNCTION guard_variant();
  CREATE CONSTRAINT TRIGGER product_groups_options_guard AFTER UPDATE OF options ON product_groups
    DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (OLD.options IS DISTINCT FROM NEW.options) EXECUTE FUNCTION guard_group_options();
  CREATE CONSTRAINT TRIGGER product_groups_deletion_guard AFTER UPDATE OF deleted_at ON product_groups
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.deleted_at IS NOT NULL) EXECUTE FUNCTION guard_group_deletion();
  `,
  `
  DROP TRIGGER product_groups_deletion_guard ON product_groups;
  DROP TRIGGER product_groups_options_guard ON product_groups;
  DROP TRIGGER products_variant_guard ON products;
  ${dropFunctions(['guard_variants'])}
  `,
);
