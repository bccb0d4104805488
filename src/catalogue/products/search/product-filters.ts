import { column } from '../../../database/sql/binder';
import { field, SLUG } from '../../../resource/definition/field';
import type { VirtualFilter } from '../../../resource/definition/resource';
import { isInSubtree } from '../../categories/tree/subtree-condition';

/**
 * `category=<id>` filters products by a category and its whole subtree. PostgreSQL cannot know how large a subtree is; it takes an array for
 * ten rows, so it reads the products of these categories by index. As a join it would expect a ninth of all categories, and search every
 * product in the order of the list for one of a small category.
 */
export const inSubtree: VirtualFilter = {
  field: field.uuid({ description: 'The id of a category; its subtree counts as well.' }),
  condition: (id) => (t, bind) =>
    `${column(t, 'category_id')} IN (SELECT unnest(ARRAY(SELECT below.id FROM categories above JOIN categories below ` +
    `ON ${isInSubtree('below', 'above')} AND below.deleted_at IS NULL WHERE above.id = ${bind(id, 'uuid')} AND above.deleted_at IS NULL)))`,
};

/** `onSale=true` filters products by whether a sale runs, as far as it is written down. */
export const onSale: VirtualFilter = {
  field: field.flag({ description: 'Whether a sale runs.' }),
  condition: (isOn) => (t) => `${column(t, 'prior_price')} IS ${isOn === true ? 'NOT ' : ''}NULL`,
};

/** `tag=<slug>` filters products by a tag. */
export const taggedWith: VirtualFilter = {
  field: field.text({ min: 1, max: 120, format: SLUG, description: 'The slug of a tag.' }),
  condition: (slug) => (t, bind) =>
    `${column(t, 'id')} IN (SELECT link.product_id FROM product_tags link JOIN tags tag ON tag.id = link.tag_id ` +
    `WHERE tag.slug = ${bind(slug, 'text')} AND tag.deleted_at IS NULL)`,
};
