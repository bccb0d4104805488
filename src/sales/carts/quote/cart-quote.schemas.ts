import { integer, list, object, text, uuid } from '../../../schema/schema';
import { quoteItemShape, quoteShape } from '../../orders/quote/quote.schemas';

/** The most lines of a cart. */
export const MAX_CART_ITEMS = 100;

/** Returns the schema of the quote of a cart: that of an order, with the ids of the lines and what keeps the cart from being ordered. */
export function cartQuoteSchema() {
  return object({
    ...quoteShape(),
    items: list(
      object({
        id: uuid().description('The line.'),
        ...quoteItemShape(),
        available: integer(0, 2_147_483_647).description('How many this cart can have now.'),
      }),
      1,
      MAX_CART_ITEMS,
    ),
    problems: list(
      object({
        pointer: text(0, 200)
          .description('What is at fault, as a JSON Pointer (RFC 6901) into the cart.')
          .example('/quote/items/0/quantity'),
        code: text(1, 100).description('The code of the problem that a check-out ends with.').example('insufficient_stock'),
        message: text(1, 1_000).description('What is wrong and what to do.').example('2 requested, 1 available of Chai.'),
      }),
      0,
      3 * MAX_CART_ITEMS + 2,
    ).description('What keeps the cart from being ordered; empty where nothing does.'),
  });
}
