import type { TxContext } from '../../../context/context';
import type { Order } from '../order.model';
import { piecesOfOrder } from '../pieces/pieces.queries';
import { moveOrder } from './move-order';

/** Moves a locked order that is partly shipped to `shipped` where nothing is left to ship, because the rest went back to stock. */
export async function finishShipping(tx: TxContext, order: Order): Promise<void> {
  if (order.status !== 'partly_shipped') return;
  const lines = await piecesOfOrder(tx, order.id);
  if (lines.every(({ toShip }) => toShip === 0)) await moveOrder(tx, order, 'shipped');
}
