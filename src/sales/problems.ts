import { problemType } from '../problems/problem';

export const insufficientStock = problemType('insufficient_stock', 409, 'Insufficient stock');
export const stockChanged = problemType('stock_changed', 409, 'Stock changed');
export const insufficientBalance = problemType('insufficient_balance', 409, 'Insufficient balance');
export const balanceLimitExceeded = problemType('balance_limit_exceeded', 409, 'Balance limit exceeded');
export const productUnavailable = problemType('product_unavailable', 422, 'Product unavailable');
export const totalMismatch = problemType('total_mismatch', 409, 'Total mismatch');
export const tooManyUnpaidOrders = problemType('too_many_unpaid_orders', 409, 'Too many unpaid orders');
export const secondPersonRequired = problemType('second_person_required', 403, 'Second person required');
export const invalidTransition = problemType('invalid_transition', 409, 'Invalid status transition');
export const notRefundable = problemType('not_refundable', 409, 'Order not refundable');
export const refundExceedsTotal = problemType('refund_exceeds_total', 409, 'Refund exceeds total');
export const restockExceedsSold = problemType('restock_exceeds_sold', 409, 'Restock exceeds quantity sold');

/** The problems of broken constraints, by the constraint's name. */
export const salesConstraints = {
  products_stock_quantity_check: insufficientStock,
  users_balance_check: insufficientBalance,
  orders_status_transition_check: invalidTransition,
  refunds_total_check: refundExceedsTotal,
} as const;
