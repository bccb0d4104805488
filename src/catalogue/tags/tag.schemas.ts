import { deletedAt, field, stamps } from '../../resource/definition/field';
import { SLUG } from '../../resource/write/slug';

/** A tag as clients see it. */
export const tagFields = {
  id: field.id(),
  name: field.text({
    min: 1,
    max: 100,
    write: 'required',
    filter: true,
    sort: true,
    description: 'What customers read.',
    example: 'Organic',
  }),
  slug: field.text({
    min: 1,
    max: 120,
    pattern: SLUG,
    write: 'optional',
    filter: true,
    sort: true,
    description: 'Its name in URLs; made from the name when left out.',
    example: 'organic',
  }),
  ...stamps,
  deletedAt,
} as const;
