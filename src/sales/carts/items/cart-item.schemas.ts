import { integer, list, object, optional, type Parsed, text, uuid } from '../../../schema/schema';
import { MAX_CART_ITEMS } from '../quote/cart-quote.schemas';

const MAX_QUANTITY = 10_000;

const itemSchema = object({
  productId: optional(uuid().description('The product.')),
  sku: optional(text(1, 64).description('Its SKU, in the place of its id.')),
  quantity: integer(1, MAX_QUANTITY),
}).xor('productId', 'sku');

/** A product that is put into a cart. */
export type GivenItem = Parsed<typeof itemSchema>;

/** Returns the schema of products that are put into a cart, this many at least. */
export const itemsSchema = (least: 0 | 1) => list(itemSchema, least, MAX_CART_ITEMS);

/** The schema of the quantity of a line. */
export const quantitySchema = object({ quantity: integer(1, MAX_QUANTITY).description('How many of the product.') });
