import type { Problem, ProblemType } from '../../problems/problem';
import { discountCodeExpired, discountCodeNotApplicable, discountCodeUnknown, discountCodeUsedUp, shippingUnavailable } from '../problems';

/** What kept an order from being priced, as the statement names it (pricing.statement.ts). */
export interface PriceFaults {
  readonly code_fault: string | null;
  readonly code_minimum: string | null;
  readonly shipping_fault: string | null;
}

/** Returns the problem of a discount code or shipping method that does not hold for the order, or null. */
export function priceFault({ code_fault, code_minimum, shipping_fault }: PriceFaults): Problem | null {
  const fault = code_fault === null ? null : CODE_FAULTS[code_fault];
  if (fault) return about(fault.type, '/discountCode', String(code_fault), fault.detail.replace('{minimum}', String(code_minimum)));
  if (shipping_fault === null) return null;
  return about(shippingUnavailable, '/shippingMethod', shipping_fault, String(SHIPPING_FAULTS[shipping_fault]));
}

/** What is wrong with a discount code, by the fault that the statement names; `{minimum}` stands for the code's minimum. */
export const CODE_FAULTS: Readonly<Record<string, { readonly type: ProblemType; readonly detail: string }>> = {
  unknown: { type: discountCodeUnknown, detail: 'There is no such discount code. Check its spelling, or order without it.' },
  not_yet: { type: discountCodeNotApplicable, detail: 'The discount code does not hold yet. Order later, or without it.' },
  expired: { type: discountCodeExpired, detail: 'The discount code has expired. Order without it.' },
  used_up: { type: discountCodeUsedUp, detail: 'The discount code is used up. Order without it.' },
  used_by_customer: { type: discountCodeUsedUp, detail: 'You have used the discount code as often as one customer may. Order without it.' },
  other_currency: { type: discountCodeNotApplicable, detail: 'The discount code is for another currency. Order without it.' },
  not_applicable: {
    type: discountCodeNotApplicable,
    detail: 'The discount code is for other products. Add one of those, or order without it.',
  },
  below_minimum: {
    type: discountCodeNotApplicable,
    detail: 'The discount code holds from {minimum} on, counting what it applies to. Add to the order, or order without it.',
  },
};

/** What is wrong with a shipping method, by the fault that the statement names. */
export const SHIPPING_FAULTS: Readonly<Record<string, string>> = {
  unknown: 'There is no such shipping method. GET /v1/shipping-methods lists them.',
  no_country: 'The shipping method is for some countries. Name the country in the shipping address by two capital letters, such as DE.',
  other_country: 'The shipping method does not ship to this country. Choose another one.',
  other_currency: 'The shipping method is priced in another currency than the products. Choose another one.',
  beyond_bands: 'The order is too heavy or too large for the shipping method. Choose another one, or split the order.',
};

function about(type: ProblemType, pointer: string, code: string, message: string): Problem {
  return type.because(message, { errors: [{ pointer, code, message }] });
}
