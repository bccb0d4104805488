import type { Ctx } from '../../context/context';
import { queryAll } from '../../database/sql/statement';
import type { DomainEvent } from '../../events/definition/domain-event';
import type { EventCatalogue } from '../../events/definition/event-catalogue';
import { readFeed } from '../../events/feed/read-feed';
import { knownPatterns, namesType } from './event-patterns';
import { fanOutStatement, type NewDelivery, STANDING } from './fan-out.statement';

/** The webhooks with the same cursor. */
interface Standing {
  readonly cursor: string;
  readonly webhooks: readonly { readonly id: string; readonly eventTypes: readonly string[] }[];
}

const EVENTS_PER_READ = 500;

/**
 * Makes the deliveries of the next events of every active webhook, and returns whether there may be more at once. The feed is read once
 * for all webhooks with the same cursor; the cursor of each moves in the statement that inserts its deliveries, and only from where
 * the read began, so that two processes make no delivery twice.
 */
export async function fanOut(ctx: Ctx, catalogue: EventCatalogue): Promise<boolean> {
  const groups = await queryAll<Standing & Record<string, unknown>>(ctx, { text: STANDING, values: [] });
  let hasMore = false;
  for (const group of groups) hasMore = (await fanOutGroup(ctx, catalogue, group)) || hasMore;
  return hasMore;
}

async function fanOutGroup(ctx: Ctx, catalogue: EventCatalogue, { cursor, webhooks }: Standing): Promise<boolean> {
  const patterns = [...new Set(webhooks.flatMap(({ eventTypes }) => eventTypes))];
  const types = knownPatterns(catalogue, patterns);
  const page = await readFeed(ctx, catalogue, { after: cursor, types, limit: EVENTS_PER_READ });
  if (page.cursor === cursor) return false;
  const events = page.events.map(({ event }) => event);
  const made = webhooks.flatMap(({ id, eventTypes }) => deliveriesOf(id, eventTypes, events));
  const move = { from: cursor, to: page.cursor, webhookIds: webhooks.map(({ id }) => id), positions: events.length };
  await queryAll(ctx, fanOutStatement(move, made));
  return page.hasNext;
}

function deliveriesOf(webhookId: string, patterns: readonly string[], events: readonly DomainEvent[]): NewDelivery[] {
  return events.flatMap((event, index) => (namesType(patterns, event.type) ? [{ webhookId, event, ordinal: index + 1 }] : []));
}
