import { defineResource } from '../../resource/definition/resource';
import { Medium } from './medium.model';
import { mediumFields } from './medium.schemas';
import { shownVariants } from './variants/shown-variants';

/** Media: uploaded images. */
export const media = defineResource({
  name: 'media',
  one: 'medium',
  prefix: '/v1/media',
  tag: 'Media',
  description: 'Uploaded images, each kept once, and served in several widths.',
  model: () => Medium,
  fields: mediumFields,
  expressions: { variants: shownVariants },
  verbs: ['list', 'read', 'delete'],
});
