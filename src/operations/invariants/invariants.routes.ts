import { endpoint } from '../../http/endpoint';
import { type ApiRouter, apiRouter } from '../../http/routing/api-router';
import { notFound } from '../../problems/common-problems';
import { text } from '../../schema/schema';
import { repairedSchema, repairSchema, reportSchema } from './invariants.schemas';
import { type InvariantsService, notRepairable } from './invariants.service';

const NAME = { pattern: /^[a-z-]+$/, rule: 'consist of small letters and hyphens' };

/** Returns the router of the invariants of the domains. */
export function invariantsRouter(service: InvariantsService): ApiRouter {
  return apiRouter({
    prefix: '/v1/operations',
    tag: 'Operations',
    description: 'What is true of the books at any time, computed anew from the rows.',
    endpoints: [
      endpoint({
        transaction: 'none',
        method: 'get',
        path: '/invariants',
        operationId: 'readInvariants',
        summary: 'Check the books',
        description:
          'Computes every invariant from the rows that it is made of, all of one moment, and names each row that breaks one. It reads whole tables.',
        access: 'invariants:read',
        responses: { 200: { description: 'The invariants.', schema: reportSchema } },
        cost: () => CHECK_COST,
        run: (ctx) => service.check(ctx),
      }),
      endpoint({
        transaction: 'managed',
        method: 'post',
        path: '/invariants/:name/repair',
        operationId: 'repairInvariant',
        summary: 'Repair what breaks an invariant',
        description:
          'Counts again under the locks of the broken rows. Stock and balance stay what the shop sells and pays by; their ledger gets the entry that it lacks, with the reason.',
        access: 'invariants:repair',
        params: { name: text(1, 64, NAME).description('The name of the invariant.').example('stock-is-its-ledger').required() },
        body: repairSchema,
        responses: { 200: { description: 'How many rows were mended.', schema: repairedSchema } },
        problems: [notFound, notRepairable],
        rows: () => [],
        run: (tx, { params: { name }, body: { reason } }) => service.repair(tx, name, reason),
      }),
    ],
  });
}

/* As ten requests: it reads whole tables. */
const CHECK_COST = 10;
