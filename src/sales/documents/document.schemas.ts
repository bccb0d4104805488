import { field } from '../../resource/definition/field';
import { currency, money } from '../../schema/money';
import {
  decimalNumber,
  flag,
  integer,
  jsonObject,
  list,
  nullable,
  object,
  optional,
  type Parsed,
  text,
  timestamp,
} from '../../schema/schema';

const DOCUMENT_KINDS = ['confirmation', 'invoice', 'credit_note'] as const;

export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

const address = () => nullable(jsonObject(4_096).example({ name: 'Maria Anders', city: 'Berlin', country: 'DE' }));

/** The schema of what a document says; amounts are in its currency. */
export const documentContentSchema = object({
  seller: object({
    name: text(1, 200).example('Storekeeper'),
    address: text(0, 500).example('Obere Str. 57, 12209 Berlin'),
    taxId: text(0, 64).example('DE123456789'),
  }).description('The shop, as its settings named it then.'),
  buyer: object({
    name: nullable(text(0, 250).example('Maria Anders')),
    email: nullable(text(0, 254).example('maria@example.com')),
    billingAddress: address(),
    shippingAddress: address(),
  }),
  orderNumber: text(3, 32).description('The order.').example('SK-261121-7F3K9Q2MAB'),
  placedAt: timestamp(),
  paidAt: nullable(timestamp()),
  paymentMethod: text(1, 32).example('external'),
  items: list(
    object({
      sku: text(1, 64).example('NW-001'),
      name: text(1, 200).example('Chai'),
      quantity: integer(1, 2_147_483_647),
      unitPrice: money(),
      discount: money(),
      subtotal: money(),
      tax: money(),
      taxRate: nullable(decimalNumber(0, 100).example(19)),
    }),
    0,
    1_000,
  ),
  taxes: list(object({ rate: decimalNumber(0, 100).example(19), base: money(), tax: money() }), 0, 1_000).description(
    'The tax of the lines, by rate.',
  ),
  subtotal: money(),
  discount: money(),
  shipping: money(),
  shippingTax: money(),
  tax: money(),
  pricesIncludeTax: flag(),
  total: money(),
  currency: currency(),
  refund: optional(
    object({
      amount: money(),
      tax: money().description('The tax in the amount: its share of the tax of the order.'),
      invoiceNumber: text(1, 32).description('The invoice that it corrects.').example('INV-2026-000001'),
    }).description('What a credit note gives back.'),
  ),
});

/** What a document says. */
export type DocumentContent = Parsed<typeof documentContentSchema>;

/** The fields of a document. */
export const documentFields = {
  id: field.id(),
  kind: field.oneOf(DOCUMENT_KINDS, { filter: true, description: 'An order confirmation, an invoice, or the credit note of a refund.' }),
  number: field.text({
    max: 32,
    filter: 'exact',
    description: 'The number: of invoices and of credit notes without gaps within a year (UTC); a confirmation has that of its order.',
    example: 'INV-2026-000001',
  }),
  orderId: field.uuid({ filter: true, description: 'The order.' }),
  refundId: field.uuid({ nullable: true, filter: true, description: 'The refund of a credit note.' }),
  content: field.object(documentContentSchema, { description: 'What it says, as it was issued.' }),
  issuedAt: field.timestamp({ filter: true, sort: true, description: 'When it was issued.' }),
  mailedAt: field.timestamp({ nullable: true, computed: true, description: 'When it was mailed; null until it is.' }),
} as const;
