import { deletedAt, field, stamps } from '../../resource/definition/field';
import { offerFields } from './offer/offer.schemas';
import { optionAxesSchema } from './option-axes';

/** The fields of a product group. */
export const productGroupFields = {
  id: field.id(),
  name: field.text({
    min: 1,
    max: 200,
    write: 'required',
    filter: true,
    sort: true,
    description: 'The name that customers see.',
    example: 'T-shirt',
  }),
  slug: field.slug({ max: 220, filter: 'exact', example: 't-shirt' }),
  description: field.text({ max: 10_000, write: 'optional', nullable: true, description: 'The description that customers see.' }),
  categoryId: field.uuid({ write: 'optional', nullable: true, filter: true, description: 'The category; null for none.' }),
  options: field.list(optionAxesSchema(), {
    write: 'optional',
    default: [],
    description: 'What the products of the group differ in, in the order in which it is shown; each of them has one value of each.',
    example: [{ name: 'Size', values: ['S', 'M', 'L'] }],
  }),
  ...offerFields,
  ...stamps,
  deletedAt,
} as const;
