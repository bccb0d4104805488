import type { Statement } from '../../database/sql/statement';
import { TEST_TYPE } from '../deliveries/send-test';
import type { Outcome } from './attempt/attempt';
import type { Claimed } from './claim.statement';

/*
 * The cursor of the webhook is locked before its deliveries, as a resumption does, in the order of the tables. The count is a condition
 * without a column, which PostgreSQL evaluates before it reads a delivery.
 */
const CURSOR_FIRST = '(SELECT count(*) FROM cursor) >= 0';

/**
 * Returns the statement that records a delivery that arrived: also one whose claim was lost meanwhile, because it did arrive. Its parts:
 * - cursor: the webhook's, locked where it counts as failing;
 * - done: the delivery;
 * - attempt: its attempt;
 * then the webhook no longer counts as failing.
 */
export function deliveredStatement({ id, webhookId }: Claimed, { status }: Outcome, durationMs: number): Statement {
  return {
    text: `
      WITH cursor AS MATERIALIZED (
        SELECT id FROM webhook_cursors WHERE id = $4::uuid AND failing_since IS NOT NULL FOR NO KEY UPDATE
      ),
      done AS (
        UPDATE webhook_deliveries SET status = 'delivered', finished_at = clock_timestamp(), claim_id = NULL, status_code = $2::int,
          last_error = NULL, attempt_count = attempt_count + 1, retry_count = retry_count + 1
        WHERE id = $1::uuid AND status = 'pending' AND ${CURSOR_FIRST} RETURNING id, attempt_count, event_type
      ),
      attempt AS (
        INSERT INTO webhook_attempts (id, delivery_id, number, status_code, duration_ms)
        SELECT uuid_v7(), id, attempt_count, $2::int, $3::int FROM done
      )
      UPDATE webhook_cursors c SET failing_since = NULL FROM cursor, done
      WHERE c.id = cursor.id AND done.event_type <> '${TEST_TYPE}'`,
    values: [id, status, durationMs, webhookId],
  };
}

/**
 * Returns the statement that records a failed attempt; `delayMs` is null where it was the last one. Its parts:
 * - cursor: the webhook's, locked;
 * - failed: the delivery, unless another process has claimed it since;
 * - attempt: its attempt;
 * - later: the deliveries behind it wait as long as it does, so that no process looks at them before;
 * then the webhook counts as failing. It returns since when.
 */
export function failedStatement(
  { id, claimId, webhookId }: Claimed,
  outcome: Outcome,
  durationMs: number,
  delayMs: number | null,
): Statement {
  return {
    text: `
      WITH cursor AS MATERIALIZED (SELECT id FROM webhook_cursors WHERE id = $8::uuid FOR NO KEY UPDATE),
      failed AS (
        UPDATE webhook_deliveries SET claim_id = NULL, status_code = $3::int, last_error = $4::text, attempt_count = attempt_count + 1,
          retry_count = retry_count + 1, due_at = clock_timestamp() + coalesce($7::int, 0) * interval '1 millisecond',
          status = CASE WHEN $7::int IS NULL THEN 'failed' ELSE 'pending' END,
          finished_at = CASE WHEN $7::int IS NULL THEN clock_timestamp() END
        WHERE id = $1::uuid AND claim_id = $2::uuid AND status = 'pending' AND ${CURSOR_FIRST}
        RETURNING id, webhook_id, object_id, attempt_count, event_type, due_at
      ),
      attempt AS (
        INSERT INTO webhook_attempts (id, delivery_id, number, status_code, error, message, duration_ms)
        SELECT uuid_v7(), id, attempt_count, $3::int, $4::text, $5::text, $6::int FROM failed
      ),
      later AS (
        UPDATE webhook_deliveries d SET due_at = f.due_at FROM failed f
        WHERE $7::int IS NOT NULL AND d.webhook_id = f.webhook_id AND d.object_id = f.object_id AND d.status = 'pending' AND d.id <> f.id
          AND d.due_at < f.due_at
      )
      UPDATE webhook_cursors c SET failing_since = coalesce(c.failing_since, clock_timestamp()) FROM failed f
      WHERE c.id = f.webhook_id AND f.event_type <> '${TEST_TYPE}'
      RETURNING extract(epoch FROM clock_timestamp() - c.failing_since)::float8 AS "failingSeconds"`,
    values: [id, claimId, outcome.status, outcome.error, outcome.message, durationMs, delayMs, webhookId],
  };
}
