import { endpoint } from '../../http/endpoint';
import { ok } from '../../http/output/reply';
import { type ApiRouter, apiRouter } from '../../http/routing/api-router';
import { healthSchema, probeSchema } from './health.schemas';
import { readHealth, requireReady } from './health.service';

const NO_STORE = { 'Cache-Control': 'no-store' };

/** Returns the router of the health endpoints; the process sets `state.draining` before it stops, and `overload` says whether it refuses requests. */
export function healthRouter(state: { readonly draining: boolean }, overload = { isPresent: false }): ApiRouter {
  const probe = () => ok({ status: 'ok', isOverloaded: overload.isPresent });
  return apiRouter({
    prefix: '/health',
    tag: 'Health',
    isUnlimited: true,
    description: 'The liveness, readiness and state of the process and its database.',
    endpoints: [
      endpoint({
        transaction: 'none',
        method: 'get',
        path: '/live',
        operationId: 'readLiveness',
        summary: 'Check that the process is alive',
        description: 'Never queries the database.',
        access: 'anonymous',
        responses: { 200: { description: 'The process is alive.', schema: probeSchema } },
        run: async () => probe(),
      }),
      endpoint({
        transaction: 'none',
        method: 'get',
        path: '/ready',
        operationId: 'readReadiness',
        summary: 'Check that the process can serve requests',
        description: 'The database is reachable, writable and migrated, its disk has room, and the process is not shutting down.',
        access: 'anonymous',
        responses: { 200: { description: 'The process can serve requests.', schema: probeSchema } },
        run: async (ctx) => {
          await requireReady(ctx, state);
          return probe();
        },
      }),
      endpoint({
        transaction: 'none',
        method: 'get',
        path: '/',
        operationId: 'readHealth',
        summary: 'Read the state of the process and its database',
        description: 'Everybody reads the status; versions, pool, migrations and jobs take the permission health:read.',
        access: 'public',
        rateLimit: 'with-token',
        responses: { 200: { description: 'The state of both.', schema: healthSchema } },
        run: async (ctx) => ok(await readHealth(ctx), NO_STORE),
      }),
    ],
  });
}
