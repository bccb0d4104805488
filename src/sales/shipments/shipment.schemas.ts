import { field, MAX_INTEGER, stamps } from '../../resource/definition/field';
import { object, optional, text } from '../../schema/schema';
import { lineQuantities } from '../orders/pieces/line-quantity.schemas';

/** The fields of a shipment. */
export const shipmentFields = {
  id: field.id(),
  orderId: field.uuid({ filter: true, description: 'The order.' }),
  carrier: field.text({ min: 1, max: 100, write: 'change', nullable: true, description: 'Who carries it.', example: 'DHL' }),
  trackingNumber: field.text({
    min: 1,
    max: 100,
    write: 'change',
    nullable: true,
    filter: 'exact',
    description: 'The number by which the carrier finds it.',
    example: '00340434161094042557',
  }),
  shippedAt: field.timestamp({ filter: true, sort: true, description: 'When it was shipped.' }),
  deliveredAt: field.timestamp({
    write: 'change',
    nullable: true,
    description: 'When it was delivered, if that is known; the time for a withdrawal runs from then.',
  }),
  ...stamps,
} as const;

/** The fields of what is in a shipment. */
export const shipmentItemFields = {
  id: field.id(),
  orderItemId: field.uuid({ description: 'The line of the order.' }),
  quantity: field.integer({ min: 1, max: MAX_INTEGER, description: 'How many pieces of it.' }),
} as const;

/** The body of a new shipment. */
export const newShipmentSchema = object({
  items: optional(lineQuantities.description('What is shipped; all that is left, where nothing is said.')),
  carrier: optional(text(1, 100).description('Who carries it.')),
  trackingNumber: optional(text(1, 100).description('The number by which the carrier finds it.')),
});
