import { defineResource } from '../../resource/definition/resource';
import { DiscountCode } from './discount-code.model';
import { discountCodeFields } from './discount-code.schemas';

/** Codes that buyers enter for a discount. */
export const discountCodes = defineResource({
  name: 'discount-codes',
  one: 'discount-code',
  prefix: '/v1/discount-codes',
  tag: 'Discount codes',
  description: 'Codes that buyers enter for a discount, within their limits. Staff alone see them.',
  model: () => DiscountCode,
  fields: discountCodeFields,
  example: { code: 'SPRING-10', kind: 'percent', value: '10.00', usageLimit: 100, usageLimitPerCustomer: 1 },
});
