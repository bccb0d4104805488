import { integer, list, object, optional, uuid } from '../../../schema/schema';

/** A quantity of a line, which is named by its id or its product. */
export interface LineQuantity {
  readonly orderItemId?: string;
  readonly productId?: string;
  readonly quantity: number;
}

/** The lines of an order with a quantity each. */
export const lineQuantities = list(
  object({
    orderItemId: optional(uuid().description('The line of the order.')),
    productId: optional(uuid().description('Its product, in the place of its id.')),
    quantity: integer(1, 1_000_000).description('How many pieces.'),
  }).xor('orderItemId', 'productId'),
  1,
  100,
);
