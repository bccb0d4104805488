import { defineResource } from '../../resource/definition/resource';
import { slugStep } from '../../resource/write/slug';
import { Tag } from './tag.model';
import { tagFields } from './tag.schemas';

/** Tags: words that products are found by. */
export const tags = defineResource({
  name: 'tags',
  one: 'tag',
  prefix: '/v1/tags',
  tag: 'Tags',
  about: 'Words that products are found by.',
  model: () => Tag,
  fields: tagFields,
  defaultSort: 'name',
  naturalKey: 'slug',
  access: { read: 'public' },
  steps: slugStep,
  example: { name: 'Organic' },
});
