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
export const discountCodeUnknown = problemType('discount_code_unknown', 422, 'Discount code unknown');
export const discountCodeExpired = problemType('discount_code_expired', 409, 'Discount code expired');
export const discountCodeUsedUp = problemType('discount_code_used_up', 409, 'Discount code used up');
export const discountCodeNotApplicable = problemType('discount_code_not_applicable', 409, 'Discount code not applicable');
export const shippingUnavailable = problemType('shipping_unavailable', 422, 'Shipping unavailable');
export const taxRatesOverlap = problemType('tax_rates_overlap', 409, 'Tax rates overlap');
export const shipmentExceedsOrder = problemType('shipment_exceeds_order', 409, 'Shipment exceeds order');
export const nothingToShip = problemType('nothing_to_ship', 409, 'Nothing to ship');
export const invalidSignature = problemType('invalid_signature', 401, 'Invalid signature');
export const paymentWebhookOff = problemType('payment_webhook_off', 404, 'Payment webhook not set up');
export const paymentSettled = problemType('payment_settled', 409, 'Payment settled');
export const nothingToReturn = problemType('nothing_to_return', 409, 'Nothing to return');
export const notReturnable = problemType('not_returnable', 409, 'Order not returnable');
export const returnExceedsShipped = problemType('return_exceeds_shipped', 409, 'Return exceeds quantity shipped');
export const withdrawalExpired = problemType('withdrawal_expired', 409, 'Withdrawal period over');
export const alreadyRefunded = problemType('already_refunded', 409, 'Already refunded');
export const restockExceedsSold = problemType('restock_exceeds_sold', 409, 'Restock exceeds quantity sold');

export const cartNotOpen = problemType('cart_not_open', 409, 'Cart not open');
export const cartIncomplete = problemType('cart_incomplete', 422, 'Cart incomplete');
export const cartChanged = problemType('cart_changed', 409, 'Cart changed');
export const holdNotExtendable = problemType('hold_not_extendable', 409, 'Hold not extendable');

/** The problems that pricing an order may end with. */
export const pricingProblems = [
  discountCodeUnknown,
  discountCodeExpired,
  discountCodeUsedUp,
  discountCodeNotApplicable,
  shippingUnavailable,
];

/** The problems of broken constraints, by the constraint's name. */
export const salesConstraints = {
  products_stock_quantity_check: insufficientStock,
  carts_open_check: cartNotOpen,
  users_balance_check: insufficientBalance,
  orders_status_transition_check: invalidTransition,
  refunds_total_check: refundExceedsTotal,
  shipment_items_left_check: shipmentExceedsOrder,
  return_items_shipped_check: returnExceedsShipped,
  returns_status_transition_check: invalidTransition,
  refund_items_ordered_check: alreadyRefunded,
  refunds_order_id_shipping_key: alreadyRefunded,
  tax_rates_period_excl: taxRatesOverlap,
  payments_status_transition_check: paymentSettled,
  discount_codes_used_up_check: discountCodeUsedUp,
  discount_codes_used_by_customer_check: discountCodeUsedUp,
} as const;
