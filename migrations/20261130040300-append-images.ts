import { migration } from './support/migration';
import { createFunctions, dropFunctions } from './support/sql-functions';

/* A new image comes last, as a new category does. */
export = migration(
  `
  ${createFunctions(['append_row'])}
  ALTER TABLE product_images ALTER COLUMN display_order SET DEFAULT '-1';
  CREATE TRIGGER product_images_append BEFORE INSERT OR UPDATE OF display_order ON product_images
    FOR EACH ROW WHEN (NEW.display_order = -1) EXECUTE FUNCTION append_row('product_images', 'display_order', 'product_id', 'group_id');
  `,
  `
  DROP TRIGGER product_images_append ON product_images;
  ALTER TABLE product_images ALTER COLUMN display_order SET DEFAULT 0;
  ${dropFunctions(['append_row'])}
  `,
);
