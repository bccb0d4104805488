import { field, MAX_INTEGER } from '../../../resource/definition/field';
import { defineResource } from '../../../resource/definition/resource';
import { addressSchema } from '../../../schema/address';
import { EMAIL, MAX_EMAIL } from '../../../schema/email';
import { KEY } from '../../../schema/text';
import { Order } from '../order.model';
import { orderFields } from '../order.schemas';

/** The statuses that an order of the past has. */
const PAST_STATUSES = ['paid', 'shipped', 'completed', 'cancelled'] as const;

/** The most pieces of a row. */
const MAX_PIECES = 1_000_000;

/** The rows of an import of orders, each of which is a line of an order, or of a credit note. */
export const orderRows = defineResource({
  name: 'orders',
  one: 'order',
  prefix: '/v1/orders',
  tag: 'Orders',
  description: 'Lines of orders of the past.',
  model: () => Order,
  fields: {
    orderNumber: { ...orderFields.orderNumber, write: 'required' },
    placedAt: field.timestamp({ write: 'required', description: 'The time of the order, or of the credit note.' }),
    status: field.oneOf(PAST_STATUSES, { write: 'optional', default: 'completed', description: 'The status of the order.' }),
    email: field.text({ max: MAX_EMAIL, format: EMAIL, write: 'optional', nullable: true, description: 'The customer’s email address.' }),
    customerNumber: field.text({
      min: 1,
      max: 64,
      format: KEY,
      write: 'optional',
      nullable: true,
      description: 'The customer’s number where the order comes from.',
    }),
    currency: field.currency({ write: 'required' }),
    sku: field.text({ min: 1, max: 64, format: KEY, write: 'required', description: 'The SKU of the product.' }),
    productName: field.text({
      min: 1,
      max: 200,
      write: 'optional',
      nullable: true,
      description: 'Where no product has the SKU, one of this name is created, discontinued and without stock.',
    }),
    quantity: field.integer({
      min: -MAX_PIECES,
      max: MAX_PIECES,
      write: 'required',
      description: 'The pieces; fewer than 0 in a credit note, whose pieces are refunded.',
    }),
    unitPrice: field.money({ write: 'required', currency: 'currency', description: 'The price of one.' }),
    discount: field.money({ write: 'optional', default: '0.00', currency: 'currency', description: 'The discount on the line.' }),
    tax: field.money({ write: 'optional', default: '0.00', currency: 'currency', description: 'The tax on the line.' }),
    taxRate: field.decimal({ min: 0, max: 100, write: 'optional', nullable: true, description: 'The tax rate in percent.' }),
    pricesIncludeTax: field.flag({ write: 'optional', default: false, description: 'Whether the tax is part of the prices.' }),
    shipping: field.money({
      write: 'optional',
      default: '0.00',
      currency: 'currency',
      description: 'The shipping cost of the order; that of its first row counts.',
    }),
    shippingAddress: field.object(addressSchema('The shipping address.'), {
      write: 'optional',
      nullable: true,
      description: 'The shipping address.',
    }),
  },
  transfer: { key: 'orderNumber' },
});

/** The largest number of pieces of a line. */
export const MAX_LINE_PIECES = MAX_INTEGER;
