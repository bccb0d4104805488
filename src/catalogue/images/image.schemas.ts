import { deletedAt, field, MAX_INTEGER, stamps } from '../../resource/definition/field';
import { WEB_ADDRESS } from '../../schema/format';

/** The fields of a product's image. */
export const imageFields = {
  id: field.id(),
  productId: field.uuid({ write: 'required', filter: true, description: 'The product that the image shows.' }),
  url: field.text({
    min: 1,
    max: 2_048,
    format: WEB_ADDRESS,
    write: 'required',
    description: 'The URL of the image.',
    example: 'https://cdn.example/chai.webp',
  }),
  altText: field.text({ max: 500, write: 'optional', nullable: true, description: 'The text alternative of the image.' }),
  displayOrder: field.integer({
    min: 0,
    max: MAX_INTEGER,
    write: 'optional',
    default: 0,
    sort: true,
    description: 'The position among the product’s images; the smallest comes first.',
  }),
  ...stamps,
  deletedAt,
} as const;
