import { type Endpoint, endpoint } from '../../http/endpoint';
import { etagHeader } from '../../http/output/conditional';
import { created } from '../../http/output/reply';
import { objectSchema } from '../../resource/definition/schemas';
import { listCost } from '../../resource/list/count/list-cost';
import { type ListQuery, listShape } from '../../resource/query/list-query';
import { pageSchema } from '../../resource/query/page-schema';
import { readObject } from '../../resource/read/read-one';
import { uuid } from '../../schema/schema';
import { invalidTransition, nothingToShip, shipmentExceedsOrder } from '../problems';
import { shipments } from './shipment.resource';
import { newShipmentSchema } from './shipment.schemas';
import { createShipment, listOrderShipments } from './shipment.service';

const params = { id: uuid().description('The id of the order.').required() };

/** The endpoints of an order's shipments, below the order. */
export const orderShipmentEndpoints: readonly Endpoint[] = [
  endpoint({
    transaction: 'none',
    method: 'get',
    path: '/:id/shipments',
    operationId: 'listOrderShipments',
    summary: 'List the shipments of an order',
    access: 'guest',
    params,
    query: listShape(shipments),
    cost: listCost,
    responses: { 200: { description: 'A page of shipments.', schema: () => pageSchema(shipments), headers: ['Link'] } },
    run: (ctx, { params: { id }, query }) => listOrderShipments(ctx, id, query as ListQuery),
  }),
  endpoint({
    transaction: 'managed',
    method: 'post',
    path: '/:id/shipments',
    operationId: 'createShipment',
    summary: 'Ship an order, in part or in full',
    description:
      'The order becomes partly_shipped, and shipped with its last piece. Pieces that a refund put back to stock before they were shipped are not shipped any more.',
    access: 'orders:ship',
    params,
    body: newShipmentSchema,
    example: { carrier: 'DHL', trackingNumber: '00340434161094042557' },
    conditionalHeaders: ['If-Match'],
    requiresIdempotencyKey: true,
    responses: {
      201: { description: 'The shipment with its items.', schema: () => objectSchema(shipments), headers: ['Location', 'ETag'] },
    },
    problems: [invalidTransition, nothingToShip, shipmentExceedsOrder],
    run: async (tx, { params: { id }, body, conditions }) => {
      const shipment = await createShipment(tx, id, body, conditions);
      const { text, tag } = await readObject(tx, shipments, shipment.id, { fields: null, include: ['items'] });
      return created(`${shipments.prefix}/${shipment.id}`, text, etagHeader(tag));
    },
  }),
];
