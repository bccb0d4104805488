import { defineResource } from '../../resource/definition/resource';
import { Tag } from './tag.model';
import { tagFields } from './tag.schemas';

/** Tags of products. */
export const tags = defineResource({
  name: 'tags',
  one: 'tag',
  prefix: '/v1/tags',
  tag: 'Tags',
  description: 'Tags of products.',
  model: () => Tag,
  fields: tagFields,
  defaultSort: 'name',
  naturalKey: 'slug',
  transfer: { key: 'slug' },
  access: { read: 'public' },
  example: { name: 'Organic' },
});
