import { defineResource } from '../../resource/definition/resource';
import { categoryCycle, categoryTooDeep } from '../problems';
import { Category } from './category.model';
import { categoryFields } from './category.schemas';
import { categorySteps } from './category.steps';

/** Categories: the tree that products hang in. */
export const categories = defineResource({
  name: 'categories',
  one: 'category',
  prefix: '/v1/categories',
  tag: 'Categories',
  about: 'The tree that products hang in.',
  model: () => Category,
  fields: categoryFields,
  includes: { parent: { resource: () => categories } },
  defaultSort: 'name',
  naturalKey: 'slug',
  access: { read: 'public' },
  steps: categorySteps,
  problems: [categoryCycle, categoryTooDeep],
  example: { name: 'Beverages', description: 'Soft drinks, coffees, teas, beers, and ales' },
});
