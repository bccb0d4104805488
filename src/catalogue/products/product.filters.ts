import { column } from '../../database/sql/binder';
import { field } from '../../resource/definition/field';
import type { VirtualFilter } from '../../resource/definition/resource';
import { SLUG } from '../../resource/write/slug';

/** `category=<id>`: products of the category and of all categories below it. */
export const inSubtree: VirtualFilter = {
  field: field.uuid({ description: 'A category; its whole subtree counts.' }),
  condition: (id) => (t, bind) =>
    `${column(t, 'category_id')} IN (SELECT below.id FROM categories above JOIN categories below ` +
    `ON below.path LIKE above.path || '%' AND below.deleted_at IS NULL WHERE above.id = ${bind(id, 'uuid')} AND above.deleted_at IS NULL)`,
};

/** `tag=<slug>`: products that carry the tag. */
export const taggedWith: VirtualFilter = {
  field: field.text({ min: 1, max: 120, pattern: SLUG, description: 'A tag’s slug.' }),
  condition: (slug) => (t, bind) =>
    `${column(t, 'id')} IN (SELECT link.product_id FROM product_tags link JOIN tags tag ON tag.id = link.tag_id ` +
    `WHERE tag.slug = ${bind(slug, 'text')} AND tag.deleted_at IS NULL)`,
};
