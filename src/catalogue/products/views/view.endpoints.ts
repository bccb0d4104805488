import { type Endpoint, endpoint } from '../../../http/endpoint';
import { uuid } from '../../../schema/schema';
import { countView } from '../product.service';

/** The endpoint that counts views. */
export const viewEndpoints: readonly Endpoint[] = [
  endpoint({
    transaction: 'none',
    method: 'post',
    path: '/:id/views',
    operationId: 'countProductView',
    summary: 'Count a view of a product',
    description:
      'Views are written once a second, and products show them within two minutes; only those of active products count. Those of bots, by User-Agent, do not: a server that counts for its visitors passes theirs on.',
    access: 'anonymous',
    params: { id: uuid().description('The id of the product.').required() },
    anonymousClient: ({ params }) => params.id,
    dryRun: 'refused',
    responses: { 202: { description: 'The view will be counted.' } },
    run: (ctx, { params }) => countView(ctx, params.id),
  }),
];
