import { deletedAt, field, MAX_INTEGER, stamps } from '../../resource/definition/field';
import { list, uuid } from '../../schema/schema';

/** The fields of a discount code. */
export const discountCodeFields = {
  id: field.id(),
  code: field.text({
    min: 1,
    max: 64,
    write: 'required',
    filter: 'exact',
    sort: true,
    caseless: true,
    unique: true,
    description: 'What buyers enter, in any case.',
    example: 'SPRING-10',
  }),
  description: field.text({ max: 1_000, write: 'optional', nullable: true, description: 'What it is for.' }),
  kind: field.oneOf(['percent', 'amount', 'free_shipping'], {
    write: 'required',
    description: 'percent takes a share off the lines that it applies to, amount a sum; free_shipping leaves out the price of shipping.',
    example: 'percent',
  }),
  value: field.money({
    write: 'optional',
    default: '0.00',
    description:
      'The percentage, above 0 and up to 100, or the amount in the currency; 0 for free_shipping. Without a currency, it holds in any.',
    example: '10.00',
  }),
  currency: field.currency({ write: 'optional', nullable: true }),
  minimum: field.money({
    write: 'optional',
    nullable: true,
    description: 'The least subtotal of the lines that it applies to; null for none.',
    example: '50.00',
  }),
  productIds: field.list(list(uuid(), 0, 1_000).unique(), {
    write: 'optional',
    default: [],
    description: 'The products that it applies to, beside those of the categories; with neither, all.',
  }),
  categoryIds: field.list(list(uuid(), 0, 100).unique(), {
    write: 'optional',
    default: [],
    description: 'The categories, with their subtrees, whose products it applies to.',
  }),
  validFrom: field.timestamp({ write: 'optional', nullable: true, description: 'From when it holds; null for ever since.' }),
  validTo: field.timestamp({ write: 'optional', nullable: true, filter: true, description: 'Until when it holds; null for no end.' }),
  usageLimit: field.integer({
    min: 1,
    max: MAX_INTEGER,
    write: 'optional',
    nullable: true,
    description: 'How many orders may use it; null for any number. A cancelled order gives its use back.',
  }),
  usageLimitPerCustomer: field.integer({
    min: 1,
    max: MAX_INTEGER,
    write: 'optional',
    nullable: true,
    description: 'How many orders of one customer may use it; null for any number.',
    example: 1,
  }),
  usedCount: field.integer({
    min: 0,
    max: MAX_INTEGER,
    isStatistic: true,
    description: 'How many orders use it, without the cancelled ones.',
  }),
  isActive: field.flag({ write: 'optional', default: true, filter: true, description: 'Whether buyers can use it.' }),
  ...stamps,
  deletedAt,
} as const;
