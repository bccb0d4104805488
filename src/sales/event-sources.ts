import type { EventSource } from '../events/definition/event-source';
import { eventSourceOf, eventSourceOfRows } from '../resource/definition/event-source';
import { field } from '../resource/definition/field';
import { carts } from './carts/cart.resource';
import { CartItem } from './carts/items/cart-item.model';
import { discountCodes } from './discount-codes/discount-code.resource';
import { orders } from './orders/order.resource';
import { itemFields } from './orders/order.schemas';
import { OrderItem } from './orders/order-item.model';
import { payments } from './payments/payment.resource';
import { RefundItem } from './refunds/pieces/refund-item.model';
import { refundItemFields, refunds } from './refunds/refund.resource';
import { returns } from './returns/return.resource';
import { returnItemFields } from './returns/return.schemas';
import { ReturnItem } from './returns/return-item.model';
import { shipments } from './shipments/shipment.resource';
import { shipmentItemFields } from './shipments/shipment.schemas';
import { ShipmentItem } from './shipments/shipment-item.model';
import { shippingMethods } from './shipping-methods/shipping-method.resource';
import { taxRates } from './tax-rates/tax-rate.resource';

const orderItemFields = { orderId: field.uuid({ description: 'The order.' }), ...itemFields };
const refundedFields = { refundId: field.uuid({ description: 'The refund.' }), ...refundItemFields };
const returnedFields = { returnId: field.uuid({ description: 'The return.' }), ...returnItemFields };
const partFields = { shipmentId: field.uuid({ description: 'The shipment.' }), ...shipmentItemFields };

const cartItemFields = {
  id: field.id(),
  cartId: field.uuid({ description: 'The cart.' }),
  productId: field.uuid({ description: 'The product.' }),
  quantity: field.integer({ min: 1, max: 10_000, description: 'The quantity.' }),
};

/** The events of sales. The ledgers have none: what they count is a field of products and users. */
export const salesEvents: readonly EventSource[] = [
  eventSourceOf(orders),
  eventSourceOf(carts, 'carts:read'),
  eventSourceOfRows({ type: 'cart-items', permission: 'carts:read', model: () => CartItem, fields: cartItemFields }),
  eventSourceOfRows({ type: 'order-items', permission: 'orders:read', model: () => OrderItem, fields: orderItemFields }),
  eventSourceOf(refunds, 'orders:read'),
  eventSourceOf(shipments, 'orders:read'),
  eventSourceOfRows({ type: 'shipment-items', permission: 'orders:read', model: () => ShipmentItem, fields: partFields }),
  eventSourceOf(returns, 'orders:read'),
  eventSourceOfRows({ type: 'return-items', permission: 'orders:read', model: () => ReturnItem, fields: returnedFields }),
  eventSourceOfRows({ type: 'refund-items', permission: 'orders:read', model: () => RefundItem, fields: refundedFields }),
  eventSourceOf(taxRates),
  eventSourceOf(shippingMethods),
  eventSourceOf(discountCodes),
  eventSourceOf(payments),
];
