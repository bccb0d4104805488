import { endpoint } from '../../http/endpoint';
import { apiRouter } from '../../http/routing/api-router';
import { objectSchema } from '../../resource/definition/schemas';
import { replyWith } from '../../resource/read/read-one';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { uuid } from '../../schema/schema';
import { invalidTransition, paymentSettled, secondPersonRequired } from '../problems';
import { payments } from './payment.resource';
import { resolutionSchema } from './payment.schemas';
import { paymentService, resolvePayment, rowsOfResolution } from './payment.service';
import { paymentWebhookEndpoints } from './payment-webhook.endpoints';

export const paymentRouter = apiRouter({
  prefix: payments.prefix,
  tag: payments.tag,
  description: payments.description,
  endpoints: [
    ...resourceEndpoints(paymentService),
    ...paymentWebhookEndpoints,
    endpoint({
      transaction: 'managed',
      method: 'post',
      path: '/:id/resolve',
      operationId: 'resolvePayment',
      summary: 'Resolve a payment that is held or due for a refund',
      description:
        'accepted marks its order as paid, where that is pending; refunded says that the money went back. Nobody accepts a payment of their own order: that takes a second person.',
      access: 'payments:write',
      params: { id: uuid().description('The id of the payment.').required() },
      body: resolutionSchema,
      example: { outcome: 'refunded', note: 'Sent back by bank transfer.' },
      conditionalHeaders: ['If-Match'],
      requiresIdempotencyKey: true,
      responses: { 200: { description: 'The payment.', schema: () => objectSchema(payments), headers: ['ETag'] } },
      problems: [secondPersonRequired, paymentSettled, invalidTransition],
      rows: (ctx, { params: { id }, body }) => rowsOfResolution(ctx, id, body),
      run: async (tx, { params: { id }, body, conditions }) => replyWith(await resolvePayment(tx, id, body, conditions)),
    }),
  ],
});
