import type { Invariant } from '../audit/invariant';

/** The invariants of the catalogue. */
export const catalogueInvariants: readonly Invariant[] = [
  {
    name: 'rating-is-its-reviews',
    sentence: 'The rating and the review count of a product are those of its published reviews.',
    table: 'products',
    breaches: `SELECT p.id, concat_ws(' ', coalesce(r.rating, 0.00), coalesce(r.reviews, 0)) AS expected, concat_ws(' ', p.rating, p.review_count) AS actual
      FROM products p LEFT JOIN (SELECT product_id, round(avg(rating), 2) AS rating, count(*)::int AS reviews FROM reviews
        WHERE status = 'published' AND deleted_at IS NULL GROUP BY product_id) r ON r.product_id = p.id
      WHERE (p.rating, p.review_count) IS DISTINCT FROM (coalesce(r.rating, 0), coalesce(r.reviews, 0))`,
    repair: 'counted again',
  },
  {
    name: 'path-is-its-ancestors',
    sentence: 'The path and the level of a category are those of its parent, and its own id.',
    table: 'categories',
    breaches: `SELECT c.id, coalesce(p.path, '/') || c.id || '/ ' || coalesce(p.level + 1, 0) AS expected, c.path || ' ' || c.level AS actual
      FROM categories c LEFT JOIN categories p ON p.id = c.parent_id
      WHERE c.path <> coalesce(p.path, '/') || c.id || '/' OR c.level <> coalesce(p.level + 1, 0)`,
    repair: { byHand: 'POST /v1/categories/integrity/repair mends the tree.' },
  },
];
