import type { SeedRow } from '../support/seed-table';
import { employeeId, movementId, openedAt, openingMovementId, orderId, productId } from './northwind-ids';
import type { Northwind, SourceOrder } from './source';

/**
 * Returns the stock ledger. On opening day each product has the source's stock plus everything that was sold; each order item then takes
 * its quantity on the day of its order, by order number, so the ledger ends at the source's stock.
 */
export function stockMovements(source: Northwind): SeedRow[] {
  const left = new Map(source.products.map(({ productId: product, unitsInStock }) => [product, unitsInStock]));
  for (const [product, quantity] of source.orders.flatMap(({ lines }) => lines)) left.set(product, (left.get(product) ?? 0) + quantity);
  const openings = [...left].filter(([, quantity]) => quantity > 0).map(([product, quantity]) => openingRow(product, quantity));
  const sales = source.orders.flatMap((order) =>
    order.lines.map(([product, quantity], index) => {
      const after = (left.get(product) ?? 0) - quantity;
      left.set(product, after);
      return saleRow(order, index + 1, product, quantity, after);
    }),
  );
  return [...openings, ...sales];
}

function openingRow(product: number, quantity: number): SeedRow {
  return {
    id: openingMovementId(product),
    product_id: productId(product),
    delta: quantity,
    reason: 'adjustment',
    order_id: null,
    quantity_after: quantity,
    note: 'opening count',
    actor_id: null,
    created_at: openedAt.toISOString(),
  };
}

function saleRow(order: SourceOrder, place: number, product: number, quantity: number, after: number): SeedRow {
  return {
    id: movementId(order.orderId, place, order.orderDate),
    product_id: productId(product),
    delta: -quantity,
    reason: 'order',
    order_id: orderId(order.orderId, order.orderDate),
    quantity_after: after,
    note: null,
    actor_id: employeeId(order.employeeId),
    created_at: new Date(order.orderDate).toISOString(),
  };
}
