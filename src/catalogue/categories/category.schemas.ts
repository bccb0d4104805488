import { deletedAt, field, stamps } from '../../resource/definition/field';
import { SLUG } from '../../resource/write/slug';

/** A category as clients see it. */
export const categoryFields = {
  id: field.id(),
  name: field.text({
    min: 1,
    max: 120,
    write: 'required',
    filter: true,
    sort: true,
    description: 'What customers read.',
    example: 'Beverages',
  }),
  slug: field.text({
    min: 1,
    max: 140,
    pattern: SLUG,
    write: 'optional',
    filter: true,
    sort: true,
    description: 'Its name in URLs; made from the name when left out.',
    example: 'beverages',
  }),
  description: field.text({ max: 5_000, write: 'optional', nullable: true, description: 'What customers read next.' }),
  parentId: field.uuid({
    write: 'optional',
    nullable: true,
    filter: true,
    description: 'The category it lies in; null at the top. Changing it moves the whole subtree.',
  }),
  path: field.text({
    max: 4_000,
    pattern: /^(\/[0-9a-f-]{36})+\/$/,
    example: '/01890a5d-ac96-774b-bcce-b302099a8057/',
    filter: true,
    sort: true,
    description: 'The ids from the top down to itself, each closed by a slash.',
  }),
  level: field.integer({ min: 0, max: 100, filter: true, sort: true, description: 'How deep it lies; 0 at the top.' }),
  ...stamps,
  deletedAt,
} as const;
