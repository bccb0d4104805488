import { defineResource } from '../../resource/definition/resource';
import { ShippingMethod } from './shipping-method.model';
import { visibleMethods } from './shipping-method.policy';
import { shippingMethodFields } from './shipping-method.schemas';

/** Shipping methods, priced by bands of weight or subtotal. */
export const shippingMethods = defineResource({
  name: 'shipping-methods',
  one: 'shipping-method',
  prefix: '/v1/shipping-methods',
  tag: 'Shipping methods',
  description: 'How orders are shipped, and at what price: by bands of weight or subtotal. Buyers see the active ones.',
  model: () => ShippingMethod,
  fields: shippingMethodFields,
  defaultSort: 'name',
  scope: visibleMethods,
  access: { read: 'public' },
  example: {
    code: 'standard',
    name: 'Standard',
    countries: ['DE', 'AT'],
    currency: 'EUR',
    bands: [
      { upTo: '50.00', price: '4.90' },
      { upTo: null, price: '0.00' },
    ],
  },
});
