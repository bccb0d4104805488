import { type Bind, type Condition, column } from '../../../database/sql/binder';
import { field, SLUG } from '../../../resource/definition/field';
import type { VirtualFilter } from '../../../resource/definition/resource';
import { isInSubtree } from '../../categories/tree/subtree-condition';

/** `category=<id>` filters products by a category and its whole subtree, of whose size PostgreSQL knows nothing. */
export const inSubtree: VirtualFilter = {
  field: field.uuid({ description: 'The id of a category; its subtree counts as well.' }),
  condition: isIn,
  ofAnyNumber: {
    lookup: (id) => (t, bind) => `${column(t, 'category_id')} = ANY(${subtree(id, bind)})`,
    // A hash of the categories: PostgreSQL makes no join of what stands in an expression.
    probe: (id) => (t, bind) => `(${isIn(id)(t, bind)}) IS TRUE`,
  },
};

function isIn(id: unknown): Condition {
  return (t, bind) => `${column(t, 'category_id')} IN (SELECT unnest(${subtree(id, bind)}))`;
}

function subtree(id: unknown, bind: Bind): string {
  return (
    `ARRAY(SELECT below.id FROM categories above JOIN categories below ON ${isInSubtree('below', 'above')} AND below.deleted_at IS NULL ` +
    `WHERE above.id = ${bind(id, 'uuid')} AND above.deleted_at IS NULL)`
  );
}

/** `onSale=true` filters products by whether a sale runs, as far as it is written down. */
export const onSale: VirtualFilter = {
  field: field.flag({ description: 'Whether a sale runs.' }),
  condition: (isOn) => (t) => `${column(t, 'prior_price')} IS ${isOn === true ? 'NOT ' : ''}NULL`,
};

/** `tag=<slug>` filters products by a tag. */
export const taggedWith: VirtualFilter = {
  field: field.text({ min: 1, max: 120, format: SLUG, description: 'The slug of a tag.' }),
  condition: hasTag,
  ofAnyNumber: {
    lookup: hasTag,
    probe: (slug) => (t, bind) =>
      `(EXISTS (SELECT 1 FROM product_tags link JOIN tags tag ON tag.id = link.tag_id ` +
      `WHERE link.product_id = ${column(t, 'id')} AND tag.slug = ${bind(slug, 'text')} AND tag.deleted_at IS NULL)) IS TRUE`,
  },
};

function hasTag(slug: unknown): Condition {
  return (t, bind) =>
    `${column(t, 'id')} IN (SELECT link.product_id FROM product_tags link JOIN tags tag ON tag.id = link.tag_id ` +
    `WHERE tag.slug = ${bind(slug, 'text')} AND tag.deleted_at IS NULL)`;
}
