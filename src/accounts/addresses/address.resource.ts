import { defineResource } from '../../resource/definition/resource';
import { Address } from './address.model';
import { visibleAddresses } from './address.policy';
import { addressFields } from './address.schemas';

/** The address books of users. */
export const addresses = defineResource({
  name: 'addresses',
  one: 'address',
  prefix: '/v1/addresses',
  tag: 'Addresses',
  description:
    'The address books of customers, who see and change their own. Carts and orders keep a copy, so a change here changes no order.',
  model: () => Address,
  fields: addressFields,
  scope: visibleAddresses,
  access: { read: 'signed-in', write: 'signed-in' },
  verbs: ['list', 'read', 'create', 'patch', 'delete', 'restore'],
  example: { label: 'Home', address: { name: 'Maria Anders', city: 'Berlin', country: 'DE' }, isDefaultShipping: true },
});
