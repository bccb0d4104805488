import { field, MAX_INTEGER } from '../../resource/definition/field';
import { FAILURE_CODES } from '../network/delivery-error';

const error = {
  nullable: true,
  description: 'Why the attempt failed; null where it was delivered.',
} as const;
const statusCode = { min: 100, max: 599, nullable: true, description: 'The status that the receiver answered; null where none came.' };

/** The fields of a delivery. */
export const deliveryFields = {
  id: field.id(),
  webhookId: field.uuid({ description: 'The webhook.' }),
  eventId: field.text({ max: 200, description: 'The event.', example: '01890a5d-ac96-774b-bcce-b302099a8057-paid' }),
  eventType: field.text({ max: 100, description: 'The type of the event; webhooks.test is a test.', example: 'orders.paid' }),
  objectType: field.text({ max: 60, description: 'The resource that the event is about.', example: 'orders' }),
  objectId: field.uuid({ description: 'The object that the event is about; its deliveries follow each other.' }),
  status: field.oneOf(['pending', 'delivered', 'failed'], {
    filter: true,
    description: 'pending until it is delivered, or failed after the last attempt.',
  }),
  attemptCount: field.integer({ min: 0, max: MAX_INTEGER, description: 'The attempts so far.' }),
  dueAt: field.timestamp({ description: 'Of a pending one: the time of the next attempt, at the earliest.' }),
  statusCode: field.integer(statusCode),
  lastError: field.oneOf(FAILURE_CODES, error),
  createdAt: field.timestamp({ filter: true, sort: true, description: 'When it was made.' }),
  finishedAt: field.timestamp({ nullable: true, description: 'When it was delivered, or given up.' }),
} as const;

/** The fields of an attempt. */
export const attemptFields = {
  id: field.id(),
  deliveryId: field.uuid({ description: 'The delivery.' }),
  number: field.integer({ min: 1, max: MAX_INTEGER, description: '1 for the first attempt of the delivery.' }),
  error: field.oneOf(FAILURE_CODES, error),
  message: field.text({ max: 500, nullable: true, description: 'The error in words.', example: 'The receiver answered 503.' }),
  statusCode: field.integer(statusCode),
  durationMs: field.integer({ min: 0, max: MAX_INTEGER, description: 'How long it took, in milliseconds.' }),
  createdAt: field.timestamp({ sort: true, description: 'When it ended.' }),
} as const;
