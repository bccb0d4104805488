import type { TxContext } from '../../../context/context';
import type { Order } from '../../orders/order.model';
import { OrderItem } from '../../orders/order-item.model';

/** A line of a withdrawal, as its statement and its receipt name it. */
export interface WithdrawnLine {
  readonly orderItemId: string;
  readonly productName: string;
  readonly sku: string;
  readonly quantity: number;
}

/** Returns the lines of a withdrawal with their names at the time of sale, in the order of the order's lines. */
export async function withdrawnLines(
  { transaction }: TxContext,
  quantities: ReadonlyMap<string, number>,
): Promise<readonly WithdrawnLine[]> {
  const items = await OrderItem.findAll({ where: { id: [...quantities.keys()] }, order: ['id'], transaction });
  return items.map(({ id, productName, sku }) => ({ orderItemId: id, productName, sku, quantity: quantities.get(id) ?? 0 }));
}

/** Returns the statement that a consumer confirms: who withdraws from which contract, as to which goods. */
export function withdrawalStatement(name: string, { orderNumber, placedAt }: Order, lines: readonly WithdrawnLine[]): string {
  const goods = lines.map(({ productName, sku, quantity }) => `${quantity} x ${productName} (${sku})`).join('; ');
  const day = placedAt.toISOString().slice(0, 10);
  return `I, ${name}, withdraw from the contract of order ${orderNumber}, placed on ${day}, for these goods: ${goods}.`;
}
