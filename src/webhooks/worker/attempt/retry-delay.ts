import type { Env } from '../../../../config/env';

/* A receiver cannot put a delivery off for longer. */
const MAX_RETRY_AFTER_S = 6 * 3_600;
const JITTER = 0.2;

/**
 * Returns how long to wait after the failed attempt with this number, from 1, in milliseconds; null where it was the last one. The wait
 * varies by a fifth, so that the deliveries of an outage do not come back all at once.
 */
export function retryDelayMs(
  { WEBHOOK_RETRY_DELAYS_S }: Pick<Env, 'WEBHOOK_RETRY_DELAYS_S'>,
  failures: number,
  retryAfterSeconds: number,
): number | null {
  const delay = WEBHOOK_RETRY_DELAYS_S.split(',')[failures - 1];
  if (delay === undefined) return null;
  const varied = Number(delay) * (1 - JITTER + 2 * JITTER * Math.random());
  return Math.round(Math.max(varied, Math.min(retryAfterSeconds, MAX_RETRY_AFTER_S)) * 1_000);
}
