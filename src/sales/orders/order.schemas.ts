import { field, SLUG, stamps } from '../../resource/definition/field';
import { addressSchema } from '../../schema/address';
import { emailSchema } from '../../schema/email';
import { money } from '../../schema/money';
import { integer, list, named, object, oneOf, optional, text, uuid } from '../../schema/schema';
import { ORDER_STATUSES } from './transitions/order.states';

/** How an order can be paid. */
export const PAYMENT_METHODS = ['balance', 'external'] as const;

/** The fields of an order. */
export const orderFields = {
  id: field.id(),
  orderNumber: field.text({
    min: 3,
    max: 32,
    format: { pattern: /^[A-Z0-9-]{3,32}$/, rule: 'be an order number such as SK-261121-7F3K9Q2MAB' },
    filter: 'exact',
    sort: true,
    description: 'The order number, short enough to read aloud.',
    example: 'SK-261121-7F3K9Q2MAB',
  }),
  userId: field.uuid({ nullable: true, filter: true, description: 'The buyer; null for a guest.' }),
  email: field.object(emailSchema(), { nullable: true, description: 'Where a guest is told of the order; null for a user.' }),
  status: field.oneOf(ORDER_STATUSES, {
    filter: true,
    description:
      'pending → paid → partly_shipped → shipped → completed; paid → shipped at once; pending or paid → cancelled; wholly refunded → refunded, which is final.',
  }),
  paymentMethod: field.oneOf(PAYMENT_METHODS, {
    filter: true,
    description: 'balance is paid at once; external is pending until POST …/pay.',
  }),
  subtotal: field.money({ description: 'The sum of the lines.' }),
  discount: field.money({ description: 'The sum of the lines’ discounts.' }),
  shipping: field.money({ description: 'The shipping cost.' }),
  tax: field.money({ description: 'The tax of the lines and of the shipping.' }),
  shippingTax: field.money({ description: 'The tax of the shipping.' }),
  pricesIncludeTax: field.flag({ description: 'Whether the prices of the lines and of the shipping have the tax in them.' }),
  total: field.money({ filter: true, sort: true, description: 'subtotal − discount + shipping, and the tax unless prices include it.' }),
  currency: field.currency(),
  shippingMethod: field.text({ max: 64, nullable: true, description: 'The code of the shipping method; null without one.' }),
  discountCode: field.text({ max: 64, nullable: true, description: 'The discount code; null without one.' }),
  shippingAddress: field.json({ maxBytes: 4_096, nullable: true, description: 'The shipping address.' }),
  billingAddress: field.json({ maxBytes: 4_096, nullable: true, description: 'The address of the invoice, where it is another one.' }),
  placedAt: field.timestamp({ filter: true, sort: true, description: 'The time it was placed.' }),
  paidAt: field.timestamp({ nullable: true, filter: true, description: 'The time it was paid.' }),
  shippedAt: field.timestamp({ nullable: true, description: 'The time it was shipped wholly.' }),
  completedAt: field.timestamp({ nullable: true, description: 'The time it was completed.' }),
  cancelledAt: field.timestamp({ nullable: true, description: 'The time it was cancelled.' }),
  expiresAt: field.timestamp({
    nullable: true,
    description: 'When it is cancelled unless it is paid; null where it waits for as long as nobody cancels it.',
  }),
  note: field.text({ max: 1_000, nullable: true, description: 'The customer’s note.' }),
  customerNumber: field.text({
    max: 64,
    nullable: true,
    filter: 'exact',
    description: 'The customer’s number where an imported order comes from.',
  }),
  importedAt: field.timestamp({
    nullable: true,
    description: 'When an order of the past was imported; null for one that was placed here.',
  }),
  ...stamps,
} as const;

/** The fields of an order line. */
export const itemFields = {
  id: field.id(),
  productId: field.uuid({ description: 'The product.' }),
  productName: field.text({ max: 200, description: 'Its name at the time of sale.', example: 'Chai' }),
  sku: field.text({ max: 64, description: 'Its SKU at the time of sale.', example: 'NW-001' }),
  quantity: field.integer({ min: 1, max: 2_147_483_647, description: 'The quantity.' }),
  unitPrice: field.money({ description: 'The price of one at the time of sale.' }),
  subtotal: field.money({ description: 'quantity × unitPrice.' }),
  discount: field.money({ description: 'The discount on the line.' }),
  tax: field.money({ description: 'The tax on the line, after its discount.' }),
  taxRate: field.decimal({ min: 0, max: 100, nullable: true, description: 'The tax rate in percent; null where none was known.' }),
  optionValues: field.json({ maxBytes: 4_096, description: 'What the variant was, by the names of its options.' }),
} as const;

/** What a price depends on. */
export const purchaseShape = {
  items: list(
    object({
      productId: optional(uuid().description('The product.')),
      sku: optional(text(1, 64).description('Its SKU, in the place of its id.')),
      quantity: integer(1, 10_000),
    }).xor('productId', 'sku'),
    1,
    100,
  ),
  shippingAddress: optional(addressSchema('The shipping address. Its country and region decide tax and shipping.')),
  shippingMethod: optional(text(1, 64, SLUG).description('The code of a shipping method; without one, shipping costs nothing.')),
  discountCode: optional(text(1, 64).description('A discount code, in any case.')),
};

/** The body of a new order. */
export const newOrderSchema = named(
  'NewOrder',
  object({
    ...purchaseShape,
    paymentMethod: oneOf(...PAYMENT_METHODS).description('balance is paid at once; external is pending until POST …/pay.'),
    expectedTotal: optional(money().description('Refuses the order (409) when the total differs, because prices changed.')),
    userId: optional(uuid().description('Another customer, for whom staff with `orders:place` order.')),
    billingAddress: optional(addressSchema('The address of the invoice, where it is another one.')),
    note: optional(text(1, 1_000).description('A note for the shop.')),
  }),
);
