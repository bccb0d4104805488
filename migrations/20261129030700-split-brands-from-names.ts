import { migration } from './support/migration';
import { REWRITE } from './support/rewrite';

const REASON = 'The name began with a known brand, which is its brand now, and the rest is its model';

/*
 * Gives products without brand and model those that their name begins with, where another product has that brand already; of several brands
 * the longest. The name stays, because customers know the product by it, so nothing is lost. Whoever runs it again changes what came since
 * alone. The way down takes back what nobody has changed meanwhile.
 */
export = migration(
  `
  ${REWRITE}
  SET LOCAL app.reason = '${REASON}';
  WITH brands AS MATERIALIZED (
    SELECT DISTINCT brand FROM products WHERE brand IS NOT NULL AND deleted_at IS NULL
  ),
  beginnings AS (
    SELECT p.id, p.name, array_to_string(words[1:n], ' ') AS beginning
    FROM products p, LATERAL string_to_array(p.name, ' ') AS words, LATERAL generate_series(1, least(cardinality(words) - 1, 8)) AS n
    WHERE p.brand IS NULL AND p.model IS NULL AND p.deleted_at IS NULL
  ),
  split AS (
    SELECT DISTINCT ON (b.id) b.id, brands.brand, substr(b.name, length(brands.brand) + 2) AS model
    FROM beginnings b JOIN brands ON brands.brand = b.beginning
    ORDER BY b.id, length(brands.brand) DESC
  )
  UPDATE products p SET brand = split.brand, model = split.model FROM split
  WHERE p.id = split.id AND length(split.model) BETWEEN 1 AND 120 AND is_name(split.model);
  `,
  `
  ${REWRITE}
  UPDATE products p SET brand = NULL, model = NULL
  WHERE p.name = p.brand || ' ' || p.model AND EXISTS (
    SELECT FROM audit_logs a
    WHERE a.table_name = 'products' AND a.record_id = p.id AND a.reason = '${REASON}'
      AND a.new_values ->> 'brand' = p.brand AND a.new_values ->> 'model' = p.model
  );
  `,
);
