import { endpoint } from '../http/endpoint';
import { type ApiRouter, apiRouter } from '../http/routing/api-router';
import { invalidCursor } from '../problems/common-problems';
import { feedSchema, feedShape, streamShape } from './event.schemas';
import type { EventService } from './event.service';

/** Returns the router of the feed of events. */
export function eventRouter(service: EventService): ApiRouter {
  return apiRouter({
    prefix: '/v1/events',
    tag: 'Events',
    description: 'What happened in the shop: a feed over the audit log, in the order of the commits, without gaps or repeats.',
    endpoints: [
      endpoint({
        transaction: 'none',
        method: 'get',
        path: '/',
        operationId: 'listEvents',
        summary: 'Read the feed of events',
        description:
          'Oldest first. Keep nextCursor and send it as "after" to go on; poll with it at the end of the feed. Events of a resource take its read permission, too.',
        access: 'events:read',
        query: feedShape,
        responses: { 200: { description: 'The next events.', schema: () => feedSchema(service.catalogue) } },
        problems: [invalidCursor],
        run: (ctx, { query }) => service.list(ctx, query),
      }),
      endpoint({
        transaction: 'none',
        method: 'get',
        path: '/stream',
        operationId: 'streamEvents',
        summary: 'Listen to events as they happen',
        description:
          'Server-Sent Events: the id of each is a cursor of the feed, its event the type, its data the event. From now on, unless after or Last-Event-ID says otherwise. The stream ends with the session; connect again with a new token and Last-Event-ID, and nothing is missed.',
        access: 'events:read',
        query: streamShape,
        conditionalHeaders: ['Last-Event-ID'],
        responses: { 200: { description: 'The events, and a comment every 15 seconds without one.', mediaTypes: ['text/event-stream'] } },
        problems: [invalidCursor],
        run: (ctx, { query, conditions }) => service.stream(ctx, query, conditions.lastEventId),
      }),
    ],
  });
}
