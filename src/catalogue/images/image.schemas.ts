import { deletedAt, field, MAX_INTEGER, stamps } from '../../resource/definition/field';

/** A product's picture as clients see it. */
export const imageFields = {
  id: field.id(),
  productId: field.uuid({ write: 'required', filter: true, description: 'The product it shows.' }),
  url: field.text({
    min: 1,
    max: 2_048,
    pattern: /^https?:\/\/\S+$/,
    write: 'required',
    description: 'Where it is.',
    example: 'https://cdn.example/chai.webp',
  }),
  altText: field.text({ max: 500, write: 'optional', nullable: true, description: 'What it shows, in words.' }),
  displayOrder: field.integer({
    min: 0,
    max: MAX_INTEGER,
    write: 'optional',
    default: 0,
    sort: true,
    description: 'Its place among the product’s pictures.',
  }),
  ...stamps,
  deletedAt,
} as const;
