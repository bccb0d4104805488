import { taxClassField } from '../../catalogue';
import { deletedAt, field, SLUG, stamps } from '../../resource/definition/field';
import { COUNTRY } from '../../schema/country';
import { list, text } from '../../schema/schema';
import { shippingBandsSchema } from './shipping-bands';

/** The fields of a shipping method. */
export const shippingMethodFields = {
  id: field.id(),
  code: field.text({
    min: 1,
    max: 64,
    format: SLUG,
    write: 'required',
    filter: 'exact',
    sort: true,
    unique: true,
    description: 'What carts and orders call it.',
    example: 'standard',
  }),
  name: field.text({ min: 1, max: 100, write: 'required', sort: true, description: 'The name that customers see.', example: 'Standard' }),
  description: field.text({ max: 1_000, write: 'optional', nullable: true, description: 'The description that customers see.' }),
  countries: field.list(list(text(2, 2, COUNTRY), 0, 300).unique(), {
    write: 'optional',
    default: [],
    description: 'Where it ships to (ISO 3166-1 alpha-2); empty for everywhere.',
    example: ['DE', 'AT'],
  }),
  currency: field.currency({ write: 'optional', default: 'USD' }),
  basis: field.oneOf(['subtotal', 'weight'], {
    write: 'optional',
    default: 'subtotal',
    description: 'What its price depends on: the lines’ subtotal less the discount, or the weight of the products in grams.',
  }),
  bands: field.list(shippingBandsSchema(), {
    write: 'required',
    description: 'Its prices, the lowest band first. An order beyond a last band with an end cannot be shipped by it.',
    example: [
      { upTo: '50.00', price: '4.90' },
      { upTo: null, price: '0.00' },
    ],
  }),
  taxClass: taxClassField('The class that its price is taxed as.'),
  isActive: field.flag({ write: 'optional', default: true, description: 'Whether buyers can choose it.' }),
  ...stamps,
  deletedAt,
} as const;
