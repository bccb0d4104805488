import { defineResource } from '../../resource/definition/resource';
import { categoryCycle, categoryTooDeep } from '../problems';
import { Category } from './category.model';
import { categoryFields } from './category.schemas';
import { categoryDeletion } from './tree/deletion/deletion-options';

/** Categories: a tree of products. */
export const categories = defineResource({
  name: 'categories',
  one: 'category',
  prefix: '/v1/categories',
  tag: 'Categories',
  description: 'The category tree.',
  model: () => Category,
  fields: categoryFields,
  includes: { parent: { resource: () => categories } },
  defaultSort: 'name',
  naturalKey: 'slug',
  keepsFormerSlugs: true,
  transfer: {
    key: 'slug',
    references: { parentSlug: { field: 'parentId', resource: () => categories, by: 'slug' } },
    path: { column: 'slugPath', parent: 'parentSlug' },
    sort: 'level,position',
  },
  access: { read: 'public' },
  deletion: categoryDeletion,
  problems: [categoryCycle, categoryTooDeep],
  example: { name: 'Beverages', description: 'Soft drinks, coffees, teas, beers, and ales' },
});
