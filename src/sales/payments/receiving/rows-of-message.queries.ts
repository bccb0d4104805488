import type { Ctx } from '../../../context/context';
import { queryShared } from '../../../database/batching/shared-connections';
import type { ProviderEvent } from '../providers/payment-provider';
import type { ProviderMessage } from './receive-payment';

const ORDER_BY_NUMBER = 'SELECT id FROM orders WHERE order_number = $1';

/** Returns what a message locks: its payment, which may have no row yet, and its order. */
export async function rowsOfMessage(ctx: Ctx, { provider, event }: ProviderMessage): Promise<readonly string[]> {
  return [`payment ${provider} ${event.reference}`, ...(await orderIdOf(ctx, event))];
}

async function orderIdOf(ctx: Ctx, { orderId, orderNumber }: ProviderEvent): Promise<readonly string[]> {
  if (orderId !== null) return [orderId];
  if (orderNumber === null) return [];
  const rows = await queryShared<{ id: string }>(ctx, { text: ORDER_BY_NUMBER, values: [orderNumber] });
  return rows.map(({ id }) => id);
}
