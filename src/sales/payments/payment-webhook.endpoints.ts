import { type Endpoint, endpoint } from '../../http/endpoint';
import { jsonObject } from '../../schema/schema';
import { invalidSignature, paymentWebhookOff } from '../problems';
import { receiptSchema } from './payment.schemas';
import { paymentSignature, takeMessage } from './payment.service';

const MAX_BYTES = 16_384;

/** Where the payment provider tells of payments. */
export const paymentWebhookEndpoints: readonly Endpoint[] = [
  endpoint({
    transaction: 'none',
    method: 'post',
    path: '/webhook',
    operationId: 'receivePaymentWebhook',
    summary: 'Tell of a payment',
    description:
      'For the payment provider, whose signature over the body is checked before it is read. A message takes effect once, however often it is sent. docs/payments.md has the table of effects.',
    access: 'anonymous',
    body: jsonObject(MAX_BYTES).description('The message. Members that the shop does not know are left alone.'),
    example: {
      type: 'payment.succeeded',
      data: { reference: 'pay_3Nq8Zt', orderNumber: 'SK-261121-7F3K9Q2MAB', amount: '36.00', currency: 'USD' },
    },
    signedBody: paymentSignature,
    dryRun: 'refused',
    anonymousClient: ({ messageId = '' }) => messageId,
    responses: { 200: { description: 'The message has had its effect.', schema: receiptSchema } },
    problems: [invalidSignature, paymentWebhookOff],
    run: (ctx, { body, messageId = '' }) => takeMessage(ctx, messageId, body),
  }),
];
