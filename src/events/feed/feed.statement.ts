import type { AuditAction } from '../../database/audit-actions';
import { Binder, type Condition } from '../../database/sql/binder';
import type { Statement } from '../../database/sql/statement';
import type { Change } from '../definition/domain-event';
import { exactValues } from './exact-values';
import type { FeedCursor } from './feed-cursor';

/** One row of the answer; a feed without a new event has one row without a change. */
export interface FeedRow extends Omit<Change, 'id' | 'action'> {
  readonly id: string | null;
  readonly action: AuditAction | null;
  readonly position: string | null;
  /** The last row that was looked at; null where there was none. */
  readonly lastPosition: string | null;
  readonly lastId: string | null;
  /** How many rows were looked at. */
  readonly scanned: number;
  readonly offset: string;
  readonly bound: string;
  readonly end: string;
  /** When the oldest change that a running transaction holds back was made. */
  readonly heldSince: string | null;
}

/** The most rows of the audit log that one read looks at; a rare type is found over several reads. */
export const MAX_SCANNED_ROWS = 10_000;

/**
 * Returns the statement of the next changes of the feed, at most `limit`. Its parts:
 * - scanned: the keys that are looked at, in the order of the feed, up to the oldest transaction that still runs;
 * - last: the end of those, where the next read begins if fewer than `limit` match;
 * - held: the first change beyond the bound.
 */
export function feedStatement(after: FeedCursor | null, condition: Condition | null, limit: number): Statement {
  const { bind, values } = new Binder();
  const position = bind(after?.position ?? '0', 'bigint');
  const id = bind(after?.id ?? START, 'uuid');
  const since = `(a.feed_position, a.id) ${after?.event ? '>=' : '>'} (${position}, ${id})`;
  const scan = bind(condition ? MAX_SCANNED_ROWS : limit, 'int');
  const filter = condition ? ` AND ${condition('a', bind)}` : '';
  const text = `
    WITH scanned AS MATERIALIZED (
      SELECT a.feed_position, a.id FROM audit_logs a WHERE ${since} AND a.feed_position < feed_bound()
      ORDER BY a.feed_position, a.id LIMIT ${scan}
    ),
    last AS (SELECT feed_position, id FROM scanned ORDER BY feed_position DESC, id DESC LIMIT 1),
    held AS (SELECT occurred_at FROM audit_logs WHERE feed_position >= feed_bound() ORDER BY feed_position, id LIMIT 1)
    SELECT c.*, last.feed_position AS "lastPosition", last.id AS "lastId", (SELECT count(*)::int FROM scanned) AS scanned,
      feed_offset() AS "offset", feed_bound() AS bound, feed_end() AS "end", ${utc('(SELECT occurred_at FROM held)')} AS "heldSince"
    FROM (SELECT) AS one LEFT JOIN last ON true LEFT JOIN LATERAL (
      SELECT a.feed_position AS position, a.id, a.table_name AS "tableName", a.record_id AS "recordId", a.action, ${exactValues('a.old_values')} AS "oldValues",
        ${exactValues('a.new_values')} AS "newValues", a.actor, a.change_set_id AS "changeSetId", ${utc('a.occurred_at')} AS "occurredAt"
      FROM audit_logs a WHERE ${since} AND (a.feed_position, a.id) <= (last.feed_position, last.id)${filter}
      ORDER BY a.feed_position, a.id LIMIT ${bind(limit, 'int')}
    ) c ON true
    ORDER BY c.position, c.id`;
  return { text, values };
}

/** The id before every other. */
export const START = '00000000-0000-0000-0000-000000000000';

/** The id after every other. */
export const END = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

function utc(value: string): string {
  return `to_char(${value} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
