import type { Ctx } from '../../context/context';
import { queryAll, queryOne } from '../../database/sql/statement';
import type { EventCatalogue } from '../../events/definition/event-catalogue';
import { TEST_TYPE } from '../deliveries/send-test';
import type { HostResolver } from '../network/resolve-host';
import { attempt, type Outcome } from './attempt/attempt';
import { messageOf } from './attempt/message-of';
import { retryDelayMs } from './attempt/retry-delay';
import type { Claimed } from './claim.statement';
import { pauseWebhook } from './pause-webhook';
import { deliveredStatement, failedStatement } from './record.statement';

/**
 * Attempts a claimed delivery and records how that ended; pauses the webhook where its receiver is gone, or has failed for too long. No
 * transaction is open while the receiver is waited for. A process that is killed in between leaves the claim, and the message is sent
 * again, under the same id, when that is over.
 */
export async function deliver(ctx: Ctx, catalogue: EventCatalogue, resolver: HostResolver, delivery: Claimed): Promise<void> {
  const startedAt = performance.now();
  const message = await messageOf(ctx, catalogue, delivery);
  const outcome = message === null ? GONE : await attempt(ctx, resolver, delivery, message);
  const durationMs = Math.round(performance.now() - startedAt);
  if (outcome.error === null) await queryAll(ctx, deliveredStatement(delivery, outcome, durationMs));
  else await recordFailure(ctx, delivery, outcome, durationMs);
}

const GONE: Outcome = { error: 'event_gone', message: 'The event is no longer in the audit log.', status: null, retryAfterSeconds: 0 };

const HTTP_GONE = 410;

async function recordFailure(ctx: Ctx, delivery: Claimed, outcome: Outcome, durationMs: number): Promise<void> {
  const isLast = delivery.eventType === TEST_TYPE || outcome === GONE;
  const delayMs = isLast ? null : retryDelayMs(ctx.env, delivery.retryCount + 1, outcome.retryAfterSeconds);
  const failing = await queryOne<{ failingSeconds: number }>(ctx, failedStatement(delivery, outcome, durationMs, delayMs));
  if (!failing || outcome === GONE) return;
  const { WEBHOOK_PAUSE_AFTER_S } = ctx.env;
  if (outcome.status === HTTP_GONE) await pauseWebhook(ctx, delivery.webhookId, 'The receiver answered 410: it is gone.');
  else if (failing.failingSeconds >= WEBHOOK_PAUSE_AFTER_S)
    await pauseWebhook(ctx, delivery.webhookId, `Every attempt of the last ${inWords(failing.failingSeconds)} failed. ${outcome.message}`);
}

function inWords(seconds: number): string {
  return seconds < 7_200 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds / 3_600)} hours`;
}
