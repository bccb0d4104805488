import { field, stamps } from '../../resource/definition/field';
import { integer, jsonObject, list, money, named, object, oneOf, optional, text, uuid } from '../../schema/schema';
import { ORDER_STATUSES } from './order.states';

const PAYMENT_METHODS = ['balance', 'external'] as const;

/** An order as clients see it. */
export const orderFields = {
  id: field.id(),
  orderNumber: field.text({
    min: 3,
    max: 32,
    pattern: /^[A-Z0-9-]{3,32}$/,
    filter: 'exact',
    sort: true,
    description: 'The number that people read out.',
    example: 'SK-261121-7F3K9Q2MAB',
  }),
  userId: field.uuid({ filter: true, description: 'Who bought.' }),
  status: field.oneOf(ORDER_STATUSES, {
    filter: true,
    description: 'pending → paid → shipped → completed → refunded; pending or paid → cancelled.',
  }),
  paymentMethod: field.oneOf(PAYMENT_METHODS, {
    filter: true,
    description: 'balance is paid at once; external is paid when POST …/pay says so.',
  }),
  subtotal: field.money({ description: 'The sum of the lines.' }),
  discount: field.money({ description: 'The sum of the lines’ discounts.' }),
  shipping: field.money({ description: 'What shipping costs.' }),
  tax: field.money({ description: 'The tax.' }),
  total: field.money({ filter: true, sort: true, description: 'subtotal − discount + shipping + tax.' }),
  currency: field.currency(),
  shippingAddress: field.json({ maxBytes: 4_096, nullable: true, description: 'Where it goes.' }),
  placedAt: field.timestamp({ filter: true, sort: true, description: 'When it was placed.' }),
  paidAt: field.timestamp({ nullable: true, filter: true, description: 'When it was paid.' }),
  shippedAt: field.timestamp({ nullable: true, description: 'When it was shipped.' }),
  completedAt: field.timestamp({ nullable: true, description: 'When it was completed.' }),
  cancelledAt: field.timestamp({ nullable: true, description: 'When it was cancelled.' }),
  note: field.text({ max: 1_000, nullable: true, description: 'What the customer said.' }),
  ...stamps,
} as const;

/** A line of an order as clients see it. */
export const itemFields = {
  id: field.id(),
  productId: field.uuid({ description: 'The product.' }),
  productName: field.text({ max: 200, description: 'Its name when it was sold.', example: 'Chai' }),
  sku: field.text({ max: 64, description: 'Its SKU when it was sold.', example: 'NW-001' }),
  quantity: field.integer({ min: 1, max: 2_147_483_647, description: 'How many.' }),
  unitPrice: field.money({ description: 'The price of one when it was sold.' }),
  subtotal: field.money({ description: 'quantity × unitPrice.' }),
  discount: field.money({ description: 'What was taken off the line.' }),
} as const;

/** The body of a new order. */
export const newOrderSchema = named(
  'NewOrder',
  object({
    items: list(object({ productId: uuid(), quantity: integer(1, 10_000) }), 1, 100),
    paymentMethod: oneOf(...PAYMENT_METHODS).description('balance is paid at once; external is paid when POST …/pay says so.'),
    expectedTotal: optional(money().description('Refuses the order (409) where the prices have changed since.')),
    shippingAddress: optional(jsonObject(4_096).description('Where it goes.')),
    note: optional(text(1, 1_000).description('A word to the shop.')),
  }),
);
