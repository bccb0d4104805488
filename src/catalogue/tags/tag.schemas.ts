import { deletedAt, field, stamps } from '../../resource/definition/field';

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
  slug: field.slug({ max: 120, example: 'organic' }),
  ...stamps,
  deletedAt,
} as const;
