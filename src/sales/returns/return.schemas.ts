import { field, MAX_INTEGER, stamps } from '../../resource/definition/field';
import { emailSchema } from '../../schema/email';
import { defaulted, flag, integer, list, object, optional, text, timestamp, uuid } from '../../schema/schema';
import { lineQuantities } from '../orders/pieces/line-quantity.schemas';
import { RETURN_STATUSES } from './return.states';

const STATEMENT =
  'I, Maria Anders, withdraw from the contract of order SK-261121-7F3K9Q2MAB, placed on 2026-11-21, for these goods: 2 x Chai (NW-001).';

/* What a consumer gets for a confirmed withdrawal, to keep: its content, and when it came in. */
const receiptSchema = object({
  number: text(3, 32).example('RT-261121-7F3K9Q2MAB'),
  receivedAt: timestamp().description('To the second.'),
  orderNumber: text(3, 32).example('SK-261121-7F3K9Q2MAB'),
  name: text(1, 200).example('Maria Anders'),
  email: emailSchema(),
  statement: text(1, 100_000).example(STATEMENT),
  items: list(
    object({
      orderItemId: uuid(),
      productName: text(1, 200).example('Chai'),
      sku: text(1, 64).example('NW-001'),
      quantity: integer(1, MAX_INTEGER),
    }),
    1,
    100,
  ),
});

/** The fields of a return. */
export const returnFields = {
  id: field.id(),
  orderId: field.uuid({ filter: true, description: 'The order.' }),
  returnNumber: field.text({
    min: 3,
    max: 32,
    format: { pattern: /^[A-Z0-9-]{3,32}$/, rule: 'be a number such as RT-261121-7F3K9Q2MAB' },
    filter: 'exact',
    description: 'Its number, to write on the parcel.',
    example: 'RT-261121-7F3K9Q2MAB',
  }),
  kind: field.oneOf(['return', 'withdrawal'], { description: 'Whether the shop agrees to it, or the law grants it.' }),
  status: field.oneOf(RETURN_STATUSES, {
    filter: true,
    description:
      'A return: requested → accepted → received → closed; requested or accepted → rejected. A withdrawal is pending until it is confirmed, and accepted then; closed where nothing had been shipped.',
  }),
  reason: field.text({ max: 1_000, nullable: true, description: 'The reason, if one was given; a withdrawal needs none.' }),
  name: field.text({ max: 200, nullable: true, description: 'Who withdraws.', example: 'Maria Anders' }),
  email: field.text({ max: 254, nullable: true, description: 'Where the receipt of the withdrawal goes.', example: 'ana@example.com' }),
  statement: field.text({ max: 100_000, nullable: true, description: 'The statement of the withdrawal.', example: STATEMENT }),
  receipt: field.object(receiptSchema, { nullable: true, description: 'The receipt of a confirmed withdrawal, which never changes.' }),
  confirmedAt: field.timestamp({ nullable: true, description: 'When the withdrawal was confirmed, to the second.' }),
  receivedAt: field.timestamp({ nullable: true, description: 'When the goods came in.' }),
  closedAt: field.timestamp({ nullable: true, description: 'When it was closed.' }),
  ...stamps,
} as const;

/** The fields of what a return has. */
export const returnItemFields = {
  id: field.id(),
  orderItemId: field.uuid({ description: 'The line of the order.' }),
  quantity: field.integer({ min: 1, max: MAX_INTEGER, description: 'How many pieces of it.' }),
  unshippedQuantity: field.integer({
    min: 0,
    max: MAX_INTEGER,
    description:
      'Those of them that had not been shipped when a withdrawal was confirmed: they were refunded at once, and nothing comes back.',
  }),
} as const;

const items = optional(lineQuantities.description('What comes back; all that can, where nothing is said.'));
const reason = optional(text(1, 1_000).description('The reason.'));

/** The body of a return. */
export const newReturnSchema = object({ items, reason });

/** The body of a withdrawal. */
export const newWithdrawalSchema = object({
  items: optional(lineQuantities.description('The goods; the whole order, where nothing is said.')),
  name: optional(text(1, 200).description('Who withdraws; the name of the account, where nothing is said.')),
  email: optional(emailSchema().description('Where the receipt goes; the email of the account or order, where nothing is said.')),
  reason,
});

/** The body of a confirmation. */
export const confirmationSchema = object({ token: text(1, 200).description('The `confirmationToken` of the withdrawal.') });

/** The body of what comes in. */
export const receiptOfGoodsSchema = object({
  restock: defaulted(flag().description('Whether the goods go back to stock.'), false),
});
