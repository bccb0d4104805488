import { problemType } from '../problems/problem';

export const insufficientStock = problemType('insufficient_stock', 409, 'Too little stock');
export const insufficientBalance = problemType('insufficient_balance', 409, 'Too little balance');
export const productUnavailable = problemType('product_unavailable', 422, 'A product cannot be bought');
export const totalMismatch = problemType('total_mismatch', 409, 'The total is not the expected one');
export const invalidTransition = problemType('invalid_transition', 409, 'The order cannot go there from here');
export const notRefundable = problemType('not_refundable', 409, 'The order cannot be refunded');
export const refundExceedsTotal = problemType('refund_exceeds_total', 409, 'The refunds would exceed the total');
export const restockExceedsSold = problemType('restock_exceeds_sold', 409, 'More would come back than was sold');

/** What breaking a constraint of the books means. */
export const salesConstraints = {
  products_stock_quantity_check: insufficientStock,
  users_balance_check: insufficientBalance,
  orders_status_transition_check: invalidTransition,
  refunds_total_check: refundExceedsTotal,
} as const;
