import { deletedAt, field, stamps } from '../../resource/definition/field';
import { SLUG } from '../../resource/write/slug';

/** The fields of a tag. */
export const tagFields = {
  id: field.id(),
  name: field.text({
    min: 1,
    max: 100,
    write: 'required',
    filter: true,
    sort: true,
    description: 'The name that customers see.',
    example: 'Organic',
  }),
  slug: field.text({
    min: 1,
    max: 120,
    pattern: SLUG,
    write: 'optional',
    filter: true,
    sort: true,
    description: 'The name in URLs; derived from the name if left out.',
    example: 'organic',
  }),
  ...stamps,
  deletedAt,
} as const;
