import { defineResource } from '../../resource/definition/resource';
import { visibleWithOrder } from '../orders/order.policy';
import { Shipment } from './shipment.model';
import { shipmentFields, shipmentItemFields } from './shipment.schemas';
import { ShipmentItem } from './shipment-item.model';

const items = defineResource({
  name: 'shipment-items',
  one: 'shipment-item',
  prefix: '/v1/shipments',
  tag: 'Shipments',
  description: 'What is in a shipment.',
  model: () => ShipmentItem,
  fields: shipmentItemFields,
  defaultSort: 'id',
});

/** Shipments of orders. */
export const shipments = defineResource({
  name: 'shipments',
  one: 'shipment',
  prefix: '/v1/shipments',
  tag: 'Shipments',
  description: 'Shipments of orders, whole or in parts. Customers see those of their own orders.',
  model: () => Shipment,
  fields: shipmentFields,
  includes: { items: { resource: () => items, many: true } },
  scope: visibleWithOrder,
  access: { read: 'guest', write: 'orders:ship' },
  verbs: ['list', 'read', 'patch'],
});
