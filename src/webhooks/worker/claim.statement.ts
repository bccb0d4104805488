import type { Statement } from '../../database/sql/statement';
import { TEST_TYPE } from '../deliveries/send-test';

/** A delivery that this process may attempt now, with what it needs of its webhook. */
export interface Claimed {
  readonly id: string;
  readonly claimId: string;
  readonly webhookId: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly retryCount: number;
  readonly url: string;
  /** Encrypted: the secret and, during an overlap, the previous one. */
  readonly secrets: readonly string[];
}

/** How long a claim keeps other processes away, in seconds: longer than an attempt can take, and what a killed process delays. */
const CLAIM_SECONDS = 30;

/** The most attempts at once over all processes, to one webhook. */
const MAX_PER_WEBHOOK = 8;

/* To a webhook that has failed for so long, one at a time: receivers that let every attempt time out must not take the turns of the others. */
const FAILING_SECONDS = 10;

/**
 * Returns the statement that claims at most `limit` deliveries. Its parts:
 * - room: the webhooks, each with how many attempts it may have beside those under way;
 * - due: of each, the due deliveries that are the first of their object, as many as there is room for; where `limit` is less, the webhooks
 *   take turns, so that the backlog of one does not keep the others waiting.
 * A claim that was lost with its process is over when its delivery is due again.
 */
export function claimStatement(limit: number): Statement {
  return {
    text: `
      WITH room AS MATERIALIZED (
        SELECT w.id, w.status, CASE WHEN s.failing_since < clock_timestamp() - interval '${FAILING_SECONDS} seconds' THEN 1 ELSE $1::int END - (
          SELECT count(*) FROM webhook_deliveries c WHERE c.webhook_id = w.id AND c.claim_id IS NOT NULL AND c.due_at > clock_timestamp()
        ) AS free
        FROM webhooks w LEFT JOIN webhook_cursors s ON s.id = w.id WHERE w.deleted_at IS NULL
      ),
      due AS (
        SELECT d.id FROM room r CROSS JOIN LATERAL (
          SELECT d.id, d.due_at FROM webhook_deliveries d
          WHERE d.webhook_id = r.id AND d.status = 'pending' AND d.due_at <= clock_timestamp()
            AND (r.status = 'active' OR d.event_type = '${TEST_TYPE}')
            AND NOT EXISTS (
              SELECT FROM webhook_deliveries e
              WHERE e.webhook_id = d.webhook_id AND e.object_id = d.object_id AND e.status = 'pending' AND e.position < d.position
            )
          ORDER BY d.due_at, d.position LIMIT greatest(r.free, 0) FOR NO KEY UPDATE OF d SKIP LOCKED
        ) d
        ORDER BY row_number() OVER (PARTITION BY r.id ORDER BY d.due_at), d.due_at LIMIT $2::int
      )
      UPDATE webhook_deliveries d SET claim_id = gen_random_uuid(), due_at = clock_timestamp() + interval '${CLAIM_SECONDS} seconds'
      FROM due, webhooks w WHERE d.id = due.id AND w.id = d.webhook_id
      RETURNING d.id, d.claim_id AS "claimId", d.webhook_id AS "webhookId", d.event_id AS "eventId", d.event_type AS "eventType",
        d.retry_count AS "retryCount", w.url,
        CASE WHEN w.overlap_ends_at > clock_timestamp() THEN ARRAY[w.secret, w.previous_secret] ELSE ARRAY[w.secret] END AS secrets`,
    values: [MAX_PER_WEBHOOK, limit],
  };
}
