import { VERSION } from '../../../config/project';
import { endpoint } from '../../http/endpoint';
import { ok, type Reply } from '../../http/output/reply';
import { type ApiRouter, apiRouter } from '../../http/routing/api-router';
import { unavailable } from '../../problems/common-problems';
import { decimalNumber, flag, integer, list, object, oneOf, text } from '../../schema/schema';
import { databaseHealth, migrationState, poolUse, takesWrites } from './health.queries';

const NOT_KEPT = { 'Cache-Control': 'no-store' };
const count = integer(0, 1_000_000);
const status = oneOf('ok');

/** The endpoints that operators watch; `state` is shared with the process, which drains before it stops. */
export function healthRouter(state: { readonly draining: boolean }): ApiRouter {
  return apiRouter({
    prefix: '/health',
    tag: 'Health',
    description: 'Whether the process lives, whether it can serve, and how it is.',
    endpoints: [
      endpoint({
        transaction: 'none',
        method: 'get',
        path: '/live',
        operationId: 'readLiveness',
        summary: 'Whether the process lives; never asks the database',
        access: 'public',
        responses: { 200: { description: 'It does.', schema: () => object({ status }) } },
        run: async () => ok({ status: 'ok' }, NOT_KEPT),
      }),
      endpoint({
        transaction: 'none',
        method: 'get',
        path: '/ready',
        operationId: 'readReadiness',
        summary: 'Whether requests can be served: the database responses, takes writes and is migrated, and the process is not stopping',
        access: 'public',
        responses: { 200: { description: 'They can.', schema: () => object({ status }) } },
        run: async (ctx) => {
          if (state.draining) throw notReady('The process is stopping.');
          const { pending } = await migrationState(ctx);
          if (pending.length > 0) throw notReady(`Migrations are missing: run "npm run db:migrate".`);
          if (!(await takesWrites(ctx))) throw notReady('The database takes no writes.');
          return ok({ status: 'ok' }, NOT_KEPT);
        },
      }),
      endpoint({
        transaction: 'none',
        method: 'get',
        path: '/',
        operationId: 'readHealth',
        summary: 'How the process and its database are',
        access: 'public',
        responses: { 200: { description: 'The state of both.', schema: healthSchema } },
        run: async (ctx): Promise<Reply> => {
          const body = {
            status: 'ok',
            version: VERSION,
            uptimeSeconds: Math.floor(process.uptime()),
            database: await databaseHealth(ctx),
            pool: poolUse(ctx),
            migrations: await migrationState(ctx),
          };
          return ok(body, NOT_KEPT);
        },
      }),
    ],
  });
}

const name = text(1, 200).example('20261127000100-create-functions.ts');
const healthSchema = () =>
  object({
    status,
    version: text(1, 50).description('Of Storekeeper.').example('0.1.0'),
    uptimeSeconds: integer(0, Number.MAX_SAFE_INTEGER),
    database: object({
      version: text(1, 100).description('Of PostgreSQL.').example('18.4'),
      latencyMs: decimalNumber(0, 1_000_000).example(0.42),
    }),
    pool: object({ max: count, size: count, available: count, waiting: count }),
    migrations: object({ isUpToDate: flag(), applied: count, pending: list(name, 0, 10_000).example([]) }),
  });

function notReady(detail: string) {
  return unavailable.because(detail, { headers: { 'Retry-After': '5' } });
}
