import { deletedAt, field, stamps } from '../../resource/definition/field';
import { addressSchema } from '../../schema/address';

const isDefault = (use: string) =>
  field.flag({
    write: 'optional',
    default: false,
    filter: true,
    description: `Whether it is the one for ${use}; the one that was before no longer is.`,
    example: true,
  });

/** An address as clients see it. */
export const addressFields = {
  id: field.id(),
  userId: field.uuid({ filter: true, description: 'Whose it is.' }),
  label: field.text({ min: 1, max: 100, write: 'optional', nullable: true, description: 'What its owner calls it.', example: 'Home' }),
  address: field.object(addressSchema('The address, as orders and carts take it.'), {
    write: 'required',
    description: 'The address, as orders and carts take it.',
  }),
  isDefaultShipping: isDefault('shipping'),
  isDefaultBilling: isDefault('invoices'),
  ...stamps,
  deletedAt,
} as const;
