import { literal } from 'sequelize';
import type { TxContext } from '../../context/context';
import type { Order } from '../orders/order.model';
import { orderNumberCode } from '../orders/placing/order-number-code';
import { Return } from './return.model';
import { ReturnItem } from './return-item.model';

type Values = Pick<Return, 'kind' | 'status'> & Partial<Pick<Return, 'reason' | 'name' | 'email' | 'statement' | 'confirmationHash'>>;

/** Writes a return of a locked order with its pieces by line, and returns it. */
export async function newReturn(
  { transaction }: TxContext,
  { id: orderId, userId }: Order,
  values: Values,
  quantities: ReadonlyMap<string, number>,
): Promise<Return> {
  // The database's day, as in the number of an order.
  const returnNumber = literal(
    `'RT-' || to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYMMDD') || '-${orderNumberCode()}'`,
  ) as unknown as string;
  const row = await Return.create({ ...values, orderId, userId, returnNumber }, { transaction });
  const items = [...quantities].map(([orderItemId, quantity]) => ({ returnId: row.id, orderItemId, quantity }));
  await ReturnItem.bulkCreate(items, { transaction });
  return row;
}
