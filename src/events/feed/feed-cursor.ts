import { invalidCursor } from '../../problems/common-problems';
import { CHECKSUM_LENGTH, checksumOf } from '../../schema/checksum';

/** The last event that a reader of the feed has: the row of the audit log and, unless it had all of its events, the last of them. */
export interface FeedCursor {
  /** What the positions of the database began at when the cursor was written. */
  readonly offset: string;
  /** A 64-bit number as text, as is the offset. */
  readonly position: string;
  readonly id: string;
  readonly event: string | null;
}

/** The cursor value that stands for the end of the feed. */
export const LATEST = 'latest';

/** The longest text of a cursor. */
export const MAX_CURSOR_LENGTH = 300;

const LIST = 'events';
const NUMBER = /^\d{1,19}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const EVENT = /^[a-z_]{1,60}$/;

/** Returns the text of a cursor, which is opaque to clients: base64url. */
export function writeFeedCursor({ offset, position, id, event }: FeedCursor): string {
  const encoded = Buffer.from(JSON.stringify([offset, position, id, event])).toString('base64url');
  return checksumOf(LIST, encoded) + encoded;
}

/** Parses a cursor; throws `invalid_cursor` (400) where it is not one of the feed. */
export function parseFeedCursor(text: string): FeedCursor {
  const encoded = text.slice(CHECKSUM_LENGTH);
  if (text.slice(0, CHECKSUM_LENGTH) !== checksumOf(LIST, encoded)) throw notOfTheFeed();
  const [offset, position, id, event] = decoded(encoded);
  const isCursor = NUMBER.test(offset ?? '') && NUMBER.test(position ?? '') && UUID.test(id ?? '') && EVENT.test(event ?? 'none');
  if (!isCursor || offset == null || position == null || id == null) throw notOfTheFeed();
  return { offset, position, id, event: event ?? null };
}

/**
 * Throws `invalid_cursor` (400) where the cursor is ahead of the feed: the database was restored from a backup since it was written, and
 * its last events are not in the backup.
 */
export function requireCursorOfFeed({ offset, position }: FeedCursor, feed: { readonly offset: string; readonly end: string }): void {
  const isAhead = BigInt(position) >= BigInt(feed.end);
  if (!isAhead && (offset === feed.offset || BigInt(position) < BigInt(feed.offset))) return;
  throw invalidCursor.because(
    'The shop was restored from a backup after this cursor was given, and its last events are not in that backup. Read the objects that you keep anew, and follow the feed from after=latest, or leave "after" out to read it from its start.',
    { errors: [{ pointer: 'after', code: 'invalid_cursor', message: 'after is ahead of the feed' }] },
  );
}

function decoded(encoded: string): (string | null)[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString());
    return Array.isArray(parts) ? parts.map((part) => (part === null ? null : String(part))) : [];
  } catch {
    return [];
  }
}

function notOfTheFeed() {
  return invalidCursor.because('Use the cursor of an earlier response of the feed, "latest", or leave it out to begin at its start.', {
    errors: [{ pointer: 'after', code: 'invalid_cursor', message: 'after is no cursor of this feed' }],
  });
}
