import { Decimal } from 'decimal.js';
import type { TxContext } from '../../../context/context';
import { databaseTime } from '../../../database/database-time';
import type { Conditions } from '../../../http/endpoint';
import { type Found, readObject } from '../../../resource/read/read-one';
import type { Order } from '../../orders/order.model';
import { createRefund } from '../../refunds/create-refund';
import { requireRestockable } from '../../refunds/require-restockable';
import type { Return } from '../return.model';
import { returns } from '../return.resource';
import { requireReturnTransition } from '../return.states';
import { piecesOfReturn } from '../return-pieces.queries';
import { lockReturn } from './lock-return';

/** Accepts a return that was asked for; throws `not_found` (404), `precondition_failed` (412), `invalid_transition` (409). */
export function acceptReturn(tx: TxContext, id: string, conditions: Conditions): Promise<Found> {
  return moveReturn(tx, id, conditions, 'accepted');
}

/** Rejects a return that did not come in; its pieces can be returned again. Throws as `acceptReturn` does. */
export function rejectReturn(tx: TxContext, id: string, conditions: Conditions): Promise<Found> {
  return moveReturn(tx, id, conditions, 'rejected');
}

/** Closes a return whose goods came in; throws as `acceptReturn` does. */
export function closeReturn(tx: TxContext, id: string, conditions: Conditions): Promise<Found> {
  return moveReturn(tx, id, conditions, 'closed');
}

/**
 * Records that the goods of a return came in, and puts them back to stock if that is wished; throws `not_found` (404), `precondition_failed`
 * (412), `invalid_transition` or `restock_exceeds_sold` (409).
 */
export function receiveReturn(tx: TxContext, id: string, restock: boolean, conditions: Conditions): Promise<Found> {
  return moveReturn(tx, id, conditions, 'received', restock ? restockAll : undefined);
}

type Along = (tx: TxContext, order: Order, row: Return) => Promise<void>;

const TIME_OF = { accepted: null, rejected: null, received: 'receivedAt', closed: 'closedAt' } as const;

async function moveReturn(tx: TxContext, id: string, conditions: Conditions, to: keyof typeof TIME_OF, along?: Along): Promise<Found> {
  const { order, row } = await lockReturn(tx, id, conditions);
  requireReturnTransition(row.status, to);
  await along?.(tx, order, row);
  const time = TIME_OF[to];
  await row.update({ status: to, ...(time !== null && { [time]: databaseTime() }) }, { transaction: tx.transaction });
  return readObject(tx, returns, id);
}

/* A refund of no money records goods that come back, so that nothing counts them twice. */
const restockAll: Along = async (tx, order, row) => {
  const pieces = await piecesOfReturn(tx, row.id);
  const lines = pieces.map(({ productId, quantity, restocked }) => ({ productId, quantity: quantity - restocked }));
  const restock = await requireRestockable(
    tx,
    order,
    lines.filter(({ quantity }) => quantity > 0),
    '/restock',
  );
  if (restock.size === 0) return;
  await createRefund(tx, order, { amount: new Decimal(0), reason: `Return ${row.returnNumber}`, restock, returnId: row.id });
};
