import { attachTriggers, detachTriggers, migration } from './support/migration';

const attach = attachTriggers('products', { counter: 'stock_quantity' });

/* Until now a product that was deleted along with its group had the same time of deletion. */
export = migration(
  `
  ${detachTriggers('products')}
  ALTER TABLE products ADD COLUMN deleted_with uuid NULL;
  ALTER TABLE products ADD CONSTRAINT products_deleted_with_check CHECK (deleted_with IS NULL OR deleted_at IS NOT NULL) NOT VALID;
  UPDATE products p SET deleted_with = g.id FROM product_groups g
    WHERE g.deleted_at IS NOT NULL AND p.group_id = g.id AND p.deleted_at = g.deleted_at;
  CREATE TRIGGER products_forget_deletion BEFORE UPDATE OF deleted_at ON products
    FOR EACH ROW WHEN (NEW.deleted_at IS NULL AND NEW.deleted_with IS NOT NULL) EXECUTE FUNCTION forget_deletion();
  ${attach}
  `,
  `
  ${detachTriggers('products')}
  DROP TRIGGER products_forget_deletion ON products;
  UPDATE products p SET deleted_at = g.deleted_at FROM product_groups g
    WHERE p.deleted_with = g.id AND p.group_id = g.id AND g.deleted_at IS NOT NULL;
  ALTER TABLE products DROP COLUMN deleted_with;
  ${attach}
  `,
);
