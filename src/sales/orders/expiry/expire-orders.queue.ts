import type { TxContext } from '../../../context/context';
import { type BatchUnit, layersOf } from '../../../database/batching/batch-unit';
import { queryAll } from '../../../database/sql/statement';
import { openingOf } from '../../../database/transaction/unit-of-work';
import { defineTimedQueue } from '../../../jobs';
import { cancelOrders } from './cancel-orders.statement';
import { type DueOrder, dueOrders } from './due-orders.statement';

/* Their products are locked meanwhile, and a product of all of them takes as many statements: a tenth of a second. */
const MOST_ORDERS = 100;

const { queue } = defineTimedQueue({
  name: 'expire-orders',
  reason: 'The order was not paid in time.',
  table: 'orders',
  column: 'expires_at',
  condition: `status = 'pending'`,
  most: MOST_ORDERS,
  settle: expireDue,
});

/** Cancels pending orders at their `expiresAt`. */
export const expireOrders = queue;

/** Cancels the orders that are due, at most so many, and returns how many they were. */
async function expireDue(tx: TxContext, most: number): Promise<number> {
  const due = await queryAll<DueOrder & Record<string, unknown>>(tx, dueOrders(most));
  for (const layer of layersOf(due.map((order) => unitOf(tx, order)))) await queryAll(tx, cancelOrders(layer));
  return due.length;
}

/* A change set of its own, as if somebody had cancelled it. */
function unitOf(tx: TxContext, { id, products }: DueOrder): BatchUnit {
  const { variables } = openingOf(tx, { variables: { 'app.stock_reason': 'cancel', 'app.order_id': id } });
  return { id, rows: [id, ...products], variables };
}
