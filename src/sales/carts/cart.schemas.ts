import { deletedAt, field, SLUG, stamps } from '../../resource/definition/field';
import { addressSchema } from '../../schema/address';
import { emailSchema } from '../../schema/email';
import { cartQuoteSchema } from './quote/cart-quote.schemas';

const CART_STATUSES = ['open', 'ordered', 'abandoned'] as const;

export type CartStatus = (typeof CART_STATUSES)[number];

/** The fields of a cart. */
export const cartFields = {
  id: field.id(),
  userId: field.uuid({ nullable: true, filter: true, description: 'The buyer; null for a guest.' }),
  email: field.object(emailSchema(), {
    write: 'optional',
    nullable: true,
    description: 'Where a guest is told of the order; a guest cannot check out without it.',
  }),
  shippingAddress: field.object(addressSchema('The shipping address. Its country and region decide tax and shipping.'), {
    write: 'optional',
    nullable: true,
    description: 'The shipping address. Its country and region decide tax and shipping.',
  }),
  billingAddress: field.object(addressSchema('The address of the invoice, where it is another one.'), {
    write: 'optional',
    nullable: true,
    description: 'The address of the invoice, where it is another one.',
  }),
  shippingMethod: field.text({
    min: 1,
    max: 64,
    format: SLUG,
    write: 'optional',
    nullable: true,
    description: 'The code of a shipping method; without one, shipping costs nothing.',
    example: 'standard',
  }),
  discountCode: field.text({
    min: 1,
    max: 64,
    write: 'optional',
    nullable: true,
    description: 'A discount code, in any case. One that does not hold for the cart is refused.',
    example: 'SPRING-10',
  }),
  note: field.text({
    min: 1,
    max: 1_000,
    write: 'optional',
    nullable: true,
    description: 'A note for the shop.',
    example: 'Please ring twice.',
  }),
  status: field.oneOf(CART_STATUSES, { filter: true, description: 'open, until it becomes an order, or is left alone until `expiresAt`.' }),
  heldUntil: field.timestamp({
    nullable: true,
    changedBy: 'POST /v1/carts/{id}/hold',
    description: 'Until when its goods are out of stock for nobody but this cart; null where they are not.',
  }),
  isHoldExtended: field.flag({ description: 'Whether the present hold was extended, which it can be once.' }),
  orderId: field.uuid({ nullable: true, filter: true, description: 'The order that it became.' }),
  expiresAt: field.timestamp({ computed: true, description: 'When an open cart that nobody changes is abandoned.' }),
  quote: field.object(cartQuoteSchema(), {
    nullable: true,
    computed: true,
    description: 'The lines of an open cart and what they cost now, by the SQL that places the order; null where there are none.',
  }),
  ...stamps,
  deletedAt,
} as const;
