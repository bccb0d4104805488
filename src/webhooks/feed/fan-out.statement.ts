import type { Statement } from '../../database/sql/statement';
import type { DomainEvent } from '../../events/definition/domain-event';

/** A delivery to make, and its number among those of the move. */
export interface NewDelivery {
  readonly webhookId: string;
  readonly event: DomainEvent;
  readonly ordinal: number;
}

/** The move of cursors over a part of the feed, which takes as many positions as it has events. */
export interface CursorMove {
  readonly from: string;
  readonly to: string;
  readonly webhookIds: readonly string[];
  readonly positions: number;
}

/** The active webhooks by where they stand in the feed. */
export const STANDING = `
  SELECT c.cursor, json_agg(json_build_object('id', w.id, 'eventTypes', w.event_types) ORDER BY w.id) AS webhooks
  FROM webhooks w JOIN webhook_cursors c ON c.id = w.id
  WHERE w.status = 'active' AND w.deleted_at IS NULL
  GROUP BY c.cursor`;

/**
 * Returns the statement that moves the cursors and inserts the deliveries. Its parts:
 * - free: the cursors that still stand where the read began; those that another process is moving are left to it;
 * - moved: the moved cursors, each with the position that its deliveries begin after.
 * A delivery behind another one of its object that waits for its next attempt is due with that one.
 */
export function fanOutStatement({ from, to, webhookIds, positions }: CursorMove, made: readonly NewDelivery[]): Statement {
  return {
    text: `
      WITH free AS (
        SELECT c.id FROM webhook_cursors c JOIN webhooks w ON w.id = c.id
        WHERE c.id = ANY ($1::uuid[]) AND c.cursor = $2::text AND w.status = 'active' AND w.deleted_at IS NULL
        ORDER BY c.id FOR NO KEY UPDATE OF c SKIP LOCKED
      ),
      moved AS (
        UPDATE webhook_cursors c SET cursor = $3::text, last_position = c.last_position + $4::int FROM free
        WHERE c.id = free.id AND c.cursor = $2::text RETURNING c.id, c.last_position - $4::int AS base
      )
      INSERT INTO webhook_deliveries (id, webhook_id, event_id, event_type, object_type, object_id, position, due_at)
      SELECT uuid_v7(), m.id, e.event_id, e.event_type, e.object_type, e.object_id, m.base + e.ordinal,
        greatest(clock_timestamp(), (
          SELECT max(d.due_at) FROM webhook_deliveries d
          WHERE d.webhook_id = m.id AND d.object_id = e.object_id AND d.status = 'pending' AND d.claim_id IS NULL
        ))
      FROM moved m JOIN unnest($5::uuid[], $6::text[], $7::text[], $8::text[], $9::uuid[], $10::int[])
        AS e (webhook_id, event_id, event_type, object_type, object_id, ordinal) ON e.webhook_id = m.id
      ORDER BY m.id, e.ordinal
      ON CONFLICT (webhook_id, event_id) DO NOTHING`,
    values: [
      webhookIds,
      from,
      to,
      positions,
      made.map(({ webhookId }) => webhookId),
      made.map(({ event }) => event.id),
      made.map(({ event }) => event.type),
      made.map(({ event }) => event.object.type),
      made.map(({ event }) => event.object.id),
      made.map(({ ordinal }) => ordinal),
    ],
  };
}
