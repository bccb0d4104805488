import type { Ctx } from '../context/context';
import { ok, type Reply } from '../http/output/reply';
import { LiveStream } from '../http/output/streaming/live-stream';
import type { EventCatalogue } from './definition/event-catalogue';
import { DEFAULT_FEED_LIMIT } from './event.schemas';
import { LATEST } from './feed/feed-cursor';
import { readFeed } from './feed/read-feed';
import { EventPoller } from './stream/event-poller';
import { EventStream } from './stream/event-stream';

/** Which part of the feed a client asks for. */
export interface EventQuery {
  readonly after?: string | undefined;
  /** Comma-separated. */
  readonly types?: string | undefined;
  readonly limit?: number | undefined;
}

/** Tells clients what happened in the shop. */
export class EventService {
  constructor(readonly catalogue: EventCatalogue) {}

  /** Returns a page of the feed; throws as `readFeed` does. */
  async list(ctx: Ctx, { after, types, limit = DEFAULT_FEED_LIMIT }: EventQuery): Promise<Reply> {
    const { events, cursor, hasNext, heldSince } = await readFeed(ctx, this.catalogue, { after, types: types?.split(','), limit });
    return ok({ data: events.map(({ event }) => event), pagination: { limit, hasNext, nextCursor: cursor }, heldSince });
  }

  /**
   * Returns a stream of the events after the last one that the client has, or from now on; throws as `readFeed` does, and `busy` (503) where
   * MAX_EVENT_STREAMS clients listen already.
   */
  async stream(ctx: Ctx, { after = LATEST, types }: EventQuery, lastEventId: string | undefined): Promise<Reply> {
    const wanted = types?.split(',');
    const since = lastEventId || after;
    // Before the response begins, so that a wrong cursor or type is a problem document.
    const page = await readFeed(ctx, this.catalogue, { after: since, types: wanted, limit: 1 });
    const stream = new EventStream(ctx, wanted, since === LATEST ? page.cursor : since);
    EventPoller.of(ctx, this.catalogue).add(stream, ctx.env.MAX_EVENT_STREAMS);
    const live = new LiveStream((target) => {
      stream.attach(target);
      return stream.ended;
    });
    return ok(live);
  }
}
