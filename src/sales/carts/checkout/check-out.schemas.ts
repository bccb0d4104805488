import { money } from '../../../schema/money';
import { defaulted, named, object, oneOf, optional } from '../../../schema/schema';
import { PAYMENT_METHODS } from '../../orders/order.schemas';

/** The body of a check-out. */
export const checkOutSchema = named(
  'CheckOut',
  object({
    paymentMethod: defaulted(oneOf(...PAYMENT_METHODS), 'external').description(
      'balance is paid at once, from the balance of the buyer; external is pending until it is paid.',
    ),
    expectedTotal: optional(money().description('Refuses the order (409) when the total differs, because prices changed.')),
  }),
);
