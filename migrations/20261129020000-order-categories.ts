import { attachTriggers, detachTriggers, migration } from './support/migration';
import { createFunctions, dropFunctions, formerFunction } from './support/sql-functions';

const FUNCTIONS = ['append_category', 'forget_deletion'];

/*
 * Siblings get an order of their own, at first that of their names; deleted ones keep their place, so that a restoration finds it free.
 * `deleted_with` is the object whose deletion took a category along, so that restoring it brings back exactly these.
 */
export = migration(
  `
  ${detachTriggers('categories')}
  ALTER TABLE categories ADD COLUMN position integer NOT NULL DEFAULT '-1', ADD COLUMN deleted_with uuid NULL;
  UPDATE categories c SET position = o.position
    FROM (SELECT id, row_number() OVER (PARTITION BY parent_id ORDER BY name, id) - 1 AS position FROM categories) o WHERE o.id = c.id;
  ALTER TABLE categories ADD CONSTRAINT categories_position_min_check CHECK (position >= 0) NOT VALID;
  ALTER TABLE categories ADD CONSTRAINT categories_deleted_with_check CHECK (deleted_with IS NULL OR deleted_at IS NOT NULL) NOT VALID;
  ${createFunctions([...FUNCTIONS, 'guard_category_order'])}
  CREATE TRIGGER categories_append BEFORE INSERT OR UPDATE OF position ON categories
    FOR EACH ROW WHEN (NEW.position = -1) EXECUTE FUNCTION append_category();
  CREATE TRIGGER categories_forget_deletion BEFORE UPDATE OF deleted_at ON categories
    FOR EACH ROW WHEN (NEW.deleted_at IS NULL AND NEW.deleted_with IS NOT NULL) EXECUTE FUNCTION forget_deletion();
  ${attachTriggers('categories')}
  `,
  `
  ${detachTriggers('categories')}
  DROP TRIGGER categories_forget_deletion ON categories;
  DROP TRIGGER categories_append ON categories;
  ${formerFunction('record_large_statements', 'guard_category_tree')}
  ${dropFunctions(FUNCTIONS)}
  ALTER TABLE categories DROP COLUMN deleted_with, DROP COLUMN position;
  ${attachTriggers('categories')}
  `,
);
