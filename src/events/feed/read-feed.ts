import type { Ctx } from '../../context/context';
import { queryAll } from '../../database/sql/statement';
import type { Change, DomainEvent } from '../definition/domain-event';
import type { EventCatalogue } from '../definition/event-catalogue';
import { END, type FeedRow, feedStatement, MAX_SCANNED_ROWS, START } from './feed.statement';
import { type FeedCursor, LATEST, parseFeedCursor, requireCursorOfFeed, writeFeedCursor } from './feed-cursor';
import { selectTypes, type TypeSelection } from './type-selection';

/** Which part of the feed to read. */
export interface FeedQuery {
  /** The cursor of an earlier read, or `latest` for the end of the feed; without it, the feed is read from its start. */
  readonly after?: string | undefined;
  /** Types and wildcards, such as `orders.paid` and `orders.*`; all that the actor may read where there are none. */
  readonly types?: readonly string[] | undefined;
  /** The most events. */
  readonly limit: number;
}

/** A part of the feed. */
export interface FeedPage {
  readonly events: readonly FeedEvent[];
  /** Where the next read begins; it moves on even where no event matched. */
  readonly cursor: string;
  /** Whether more can be read at once. */
  readonly hasNext: boolean;
  /** When the oldest change that the feed holds back was made, because a transaction older than it still runs; null where none is. */
  readonly heldSince: string | null;
}

/** An event, and the cursor of what comes after it. */
export interface FeedEvent {
  readonly event: DomainEvent;
  readonly cursor: string;
}

/**
 * Returns the next events of the feed, in the order of their commits, without gaps or repeats; one statement. Throws `invalid_cursor` and
 * `invalid_parameters` (400), `forbidden` (403) for a type that the actor may not read.
 */
export async function readFeed(ctx: Ctx, catalogue: EventCatalogue, { after, types, limit }: FeedQuery): Promise<FeedPage> {
  const selection = selectTypes(catalogue, ctx, types);
  const since = after === undefined || after === LATEST ? null : parseFeedCursor(after);
  const rows = await queryAll<FeedRow>(ctx, feedStatement(since, selection.condition, after === LATEST ? 0 : limit));
  const [first] = rows;
  if (!first) throw new Error('The statement of the feed returns a row at least.');
  if (since) requireCursorOfFeed(since, first);
  if (after === LATEST) return { events: [], cursor: endOf(first), hasNext: false, heldSince: first.heldSince };
  const all = eventsOfRows(rows, catalogue, selection, since);
  const events = all.slice(0, limit);
  const isCut = all.length > events.length;
  const changes = rows.filter(({ id }) => id !== null).length;
  const hasNext = isCut || changes === limit || first.scanned === MAX_SCANNED_ROWS;
  const cursor = isCut ? events.at(-1)?.cursor : writeFeedCursor(readUntil(rows, changes === limit, since));
  return { events, cursor: cursor ?? endOf(first), hasNext, heldSince: first.heldSince };
}

function eventsOfRows(
  rows: readonly FeedRow[],
  catalogue: EventCatalogue,
  selection: TypeSelection,
  since: FeedCursor | null,
): FeedEvent[] {
  return rows.flatMap((row) => {
    if (row.id === null || row.action === null || row.position === null) return [];
    const events = catalogue.eventsOf(row as Change);
    const { offset, position, id } = row;
    return remaining(events, since?.id === id ? since.event : null)
      .filter(({ type }) => selection.has(type))
      .map((event) => ({ event, cursor: writeFeedCursor({ offset, position, id, event: event.id.slice(id.length + 1) }) }));
  });
}

/* A cursor may stand between the events of one change. */
function remaining(events: readonly DomainEvent[], last: string | null): readonly DomainEvent[] {
  const index = last === null ? -1 : events.findIndex(({ type }) => type.endsWith(`.${last}`));
  return events.slice(index + 1);
}

/* Where fewer rows than asked for matched, everything up to the last row that was looked at is read. */
function readUntil(rows: readonly FeedRow[], isFull: boolean, since: FeedCursor | null): FeedCursor {
  const last = rows.at(-1) as FeedRow;
  const [position, id] = isFull ? [last.position, last.id] : [last.lastPosition, last.lastId];
  if (position !== null && id !== null) return { offset: last.offset, position, id, event: null };
  return since ?? { offset: last.offset, position: '0', id: START, event: null };
}

function endOf({ offset, bound }: FeedRow): string {
  return writeFeedCursor({ offset, position: String(BigInt(bound) - 1n), id: END, event: null });
}
