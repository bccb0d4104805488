import { deletedAt, field, stamps } from '../../resource/definition/field';

/** The fields of a category. */
export const categoryFields = {
  id: field.id(),
  name: field.text({
    min: 1,
    max: 120,
    write: 'required',
    filter: true,
    sort: true,
    description: 'The name that customers see.',
    example: 'Beverages',
  }),
  slug: field.slug({ max: 140, example: 'beverages' }),
  description: field.text({ max: 5_000, write: 'optional', nullable: true, description: 'The description that customers see.' }),
  parentId: field.uuid({
    write: 'optional',
    nullable: true,
    filter: true,
    description: 'The parent category; null at the top level. Changing it moves the whole subtree.',
  }),
  path: field.text({
    max: 4_000,
    format: { pattern: /^(\/[0-9a-f-]{36})+\/$/, rule: 'be ids, each with a slash before it, and a slash at the end' },
    example: '/01890a5d-ac96-774b-bcce-b302099a8057/',
    filter: true,
    sort: true,
    description: 'The ids from the top down to the category itself, each followed by a slash.',
  }),
  level: field.integer({ min: 0, max: 100, filter: true, sort: true, description: 'The number of ancestors; 0 at the top level.' }),
  position: field.position({
    filter: true,
    changedBy: 'POST /v1/categories/{id}/move or /v1/categories/reorder',
    description: 'The order among its siblings, ascending, not always consecutive; a new category comes last.',
  }),
  ...stamps,
  deletedAt,
} as const;
