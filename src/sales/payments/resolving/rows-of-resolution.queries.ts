import type { Ctx } from '../../../context/context';
import { queryShared } from '../../../database/batching/shared-connections';
import type { Resolution } from './resolve-payment';

/* What order a payment names never changes, so it is read without a lock. */
const ORDER_OF_PAYMENT = 'SELECT order_id FROM payments WHERE id = $1::uuid AND order_id IS NOT NULL';

/** Returns the ids of the payment and of the order that it is to pay: the rows that its resolution locks. */
export async function rowsOfResolution(ctx: Ctx, id: string, { outcome, orderId }: Resolution): Promise<readonly string[]> {
  if (outcome === 'refunded') return [id];
  const rows = await queryShared<{ order_id: string }>(ctx, { text: ORDER_OF_PAYMENT, values: [id] });
  return [id, ...rows.map(({ order_id: named }) => named), ...(orderId === undefined ? [] : [orderId])];
}
