import type { Ctx } from '../context/context';
import { ok, type Reply } from '../http/output/reply';
import { DEFAULT_FEED_LIMIT } from './event.schemas';
import type { EventCatalogue } from './event-catalogue';
import { readFeed } from './feed/read-feed';

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
}
