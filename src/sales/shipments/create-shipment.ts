import type { TxContext } from '../../context/context';
import { databaseTime } from '../../database/database-time';
import type { Conditions } from '../../http/endpoint';
import type { Order } from '../orders/order.model';
import type { LineQuantity } from '../orders/pieces/line-quantity.schemas';
import { type LinePieces, piecesOfOrder } from '../orders/pieces/pieces.queries';
import { requireQuantities } from '../orders/pieces/require-quantities';
import { lockOrder, moveOrder } from '../orders/transitions/move-order';
import { requireTransition } from '../orders/transitions/order.states';
import { nothingToShip, shipmentExceedsOrder } from '../problems';
import { Shipment } from './shipment.model';
import { ShipmentItem } from './shipment-item.model';

/** The body of a shipment. */
export interface ShipmentRequest {
  readonly items?: readonly LineQuantity[];
  readonly carrier?: string;
  readonly trackingNumber?: string;
}

/**
 * Ships pieces of a paid order, or all that is left of it, and returns the shipment; the order becomes `partly_shipped` or `shipped`. Throws
 * `not_found` (404), `precondition_failed` (412), `invalid_body` (422), `invalid_transition`, `nothing_to_ship` or `shipment_exceeds_order`
 * (409).
 */
export async function createShipment(
  tx: TxContext,
  orderId: string,
  { items, carrier, trackingNumber }: ShipmentRequest,
  conditions: Conditions,
): Promise<Shipment> {
  // Decided under the order's lock, as refunds are (docs/adr/0004); a trigger checks it again.
  const order = await lockOrder(tx, orderId, conditions);
  requireTransition(order.status, 'shipped');
  const lines = await piecesOfOrder(tx, orderId);
  const quantities = items ? requireLeft(lines, items) : allLeft(lines);
  const { transaction } = tx;
  const shipment = await Shipment.create(
    { orderId, carrier: carrier ?? null, trackingNumber: trackingNumber ?? null, shippedAt: databaseTime() },
    { transaction },
  );
  const rows = [...quantities].map(([{ orderItemId }, quantity]) => ({ shipmentId: shipment.id, orderItemId, quantity }));
  await ShipmentItem.bulkCreate(rows, { transaction });
  await moveTo(tx, order, lines.every((line) => line.toShip === (quantities.get(line) ?? 0)) ? 'shipped' : 'partly_shipped');
  return shipment;
}

function requireLeft(lines: readonly LinePieces[], items: readonly LineQuantity[]): ReadonlyMap<LinePieces, number> {
  return requireQuantities(lines, items, {
    most: ({ toShip }) => toShip,
    refusal: shipmentExceedsOrder,
    detail: 'More would be shipped than is left of the order; lower the quantities of the lines that "errors" names.',
  });
}

function allLeft(lines: readonly LinePieces[]): ReadonlyMap<LinePieces, number> {
  const left = lines.filter(({ toShip }) => toShip > 0);
  if (left.length > 0) return new Map(left.map((line) => [line, line.toShip]));
  throw nothingToShip.because(
    'Nothing of the order is left to ship: its goods went back to stock. Cancel it, or refund what is left of it.',
  );
}

async function moveTo(tx: TxContext, order: Order, status: 'shipped' | 'partly_shipped'): Promise<void> {
  if (order.status !== status) await moveOrder(tx, order, status);
}
