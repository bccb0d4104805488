import { migration } from './support/migration';
import { createFunctions, dropFunctions } from './support/sql-functions';

export = migration(
  `
  ${createFunctions(['guard_rating'])}
  CREATE TRIGGER products_rating_guard BEFORE UPDATE OF rating, review_count ON products
    FOR EACH ROW WHEN ((OLD.rating, OLD.review_count) IS DISTINCT FROM (NEW.rating, NEW.review_count)) EXECUTE FUNCTION guard_rating();
  CREATE TRIGGER products_opening_rating_guard BEFORE INSERT ON products
    FOR EACH ROW WHEN (NEW.rating <> 0 OR NEW.review_count <> 0) EXECUTE FUNCTION guard_rating();
  `,
  `
  DROP TRIGGER products_opening_rating_guard ON products;
  DROP TRIGGER products_rating_guard ON products;
  ${dropFunctions(['guard_rating'])}
  `,
);
