import { deletedAt, field, MAX_INTEGER, stamps } from '../../resource/definition/field';

/** The fields of a product's image. */
export const imageFields = {
  id: field.id(),
  productId: field.uuid({ write: 'required', filter: true, description: 'The product it shows.' }),
  url: field.text({
    min: 1,
    max: 2_048,
    pattern: /^https?:\/\/\S+$/,
    write: 'required',
    description: 'The URL of the image.',
    example: 'https://cdn.example/chai.webp',
  }),
  altText: field.text({ max: 500, write: 'optional', nullable: true, description: 'A description for those who cannot see it.' }),
  displayOrder: field.integer({
    min: 0,
    max: MAX_INTEGER,
    write: 'optional',
    default: 0,
    sort: true,
    description: 'Its position among the product’s images.',
  }),
  ...stamps,
  deletedAt,
} as const;
