import type { Expression } from '../../../resource/definition/resource';
import { shownCurrency, shownPrice } from '../../prices/price-expressions';

/* The products of a group that customers can buy. */
const offered = (alias: string) => `products v WHERE v.group_id = ${alias}.id AND v.status = 'active' AND v.deleted_at IS NULL`;

/** The SQL of what a group offers. */
export const offerExpressions: Readonly<Record<string, Expression>> = {
  priceRange: (_ctx, alias, given) =>
    `(SELECT json_build_object('min', min(o.price)::text, 'max', max(o.price)::text, 'currency', o.currency)
      FROM (SELECT ${shownPrice('v', given)} AS price, ${shownCurrency('v', given)} AS currency FROM ${offered(alias)}) o
      WHERE o.price IS NOT NULL GROUP BY o.currency ORDER BY count(*) DESC, o.currency LIMIT 1)`,

  /*
   * available: the pairs of option and value that a product in stock has, so that the products are read once and not for each value.
   */
  availability: (_ctx, alias) =>
    `(SELECT json_build_object('inStock', s.in_stock > 0, 'products', s.products, 'productsInStock', s.in_stock, 'options', (
        SELECT coalesce(json_agg(json_build_object('name', axis -> 'name', 'values', (
          SELECT json_agg(json_build_object('value', value, 'inStock', s.available @> jsonb_build_array(jsonb_build_object(axis ->> 'name', value))) ORDER BY place)
          FROM jsonb_array_elements(axis -> 'values') WITH ORDINALITY AS x (value, place)
        )) ORDER BY position), '[]') FROM jsonb_array_elements(${alias}.options) WITH ORDINALITY AS o (axis, position)
      ))
      FROM (
        SELECT count(*) AS products, count(*) FILTER (WHERE v.in_stock) AS in_stock, (
          SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object(e.key, e.value)), '[]')
          FROM products w, jsonb_each(w.option_values) e
          WHERE w.group_id = ${alias}.id AND w.status = 'active' AND w.deleted_at IS NULL AND w.in_stock
        ) AS available
        FROM ${offered(alias)}
      ) s)`,
};
