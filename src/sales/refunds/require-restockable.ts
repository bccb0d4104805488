import type { TxContext } from '../../context/context';
import type { Order } from '../orders/order.model';
import { restockExceedsSold } from '../problems';
import { notReturned, type Quantities } from '../stock/stock.queries';

/** A quantity of a product that goes back to stock. */
export interface RestockedProduct {
  readonly productId: string;
  readonly quantity: number;
}

/**
 * Returns the quantities of a locked order that go back to stock, by product; throws `restock_exceeds_sold` (409), with the positions below
 * the pointer, where more would go back than was sold.
 */
export async function requireRestockable(
  tx: TxContext,
  { id: orderId }: Order,
  lines: readonly RestockedProduct[],
  pointer: string,
): Promise<Quantities> {
  const quantities = new Map<string, number>();
  for (const { productId, quantity } of lines) quantities.set(productId, (quantities.get(productId) ?? 0) + quantity);
  if (quantities.size === 0) return quantities;
  const sold = await notReturned(tx, orderId);
  const left = (id: string) => sold.get(id) ?? 0;
  const errors = lines.flatMap(({ productId }, index) =>
    (quantities.get(productId) ?? 0) <= left(productId)
      ? []
      : [{ pointer: `${pointer}/${index}/quantity`, code: 'too_large', message: `product ${productId}: at most ${left(productId)}` }],
  );
  if (errors.length === 0) return quantities;
  throw restockExceedsSold.because('Restock exceeds quantity sold; lower the quantities of the products that "errors" names.', { errors });
}
