import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { Env } from '../../config/env';
import { rateLimited } from '../problems/common-problems';

const WINDOW_MS = 60_000;
const STRICT_SHARE = 20;
const MIN_STRICT = 10;

/** Limits the requests per minute of one client, by address; throws `rate_limited` (429). RATE_LIMIT `off` switches it off. */
export function generalLimit(env: Env): RequestHandler {
  return limit(env.RATE_LIMIT, 'general');
}

/** Limits endpoints that check passwords: a twentieth of the general limit, but at least ten per minute. */
export function strictLimit(env: Env): RequestHandler {
  return limit(env.RATE_LIMIT === 'off' ? 'off' : Math.max(MIN_STRICT, Math.floor(env.RATE_LIMIT / STRICT_SHARE)), 'strict');
}

function limit(perMinute: number | 'off', identifier: string): RequestHandler {
  if (perMinute === 'off') return (_req, _res, next) => next();
  return rateLimit({
    windowMs: WINDOW_MS,
    limit: perMinute,
    identifier,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // TRUST_PROXY says which forwarded addresses count; the library would log a stack for each client that sends others. The check
    // of where it was created reads a stack, for which Node would decode the source map and keep 4 MiB.
    validate: { forwardedHeader: false, xForwardedForHeader: false, creationStack: false },
    handler: (_req, res, next) => {
      const seconds = String(res.getHeader('Retry-After') ?? WINDOW_MS / 1000);
      next(
        rateLimited.because(`At most ${perMinute} requests per minute. Try again in ${seconds} s.`, {
          headers: { 'Retry-After': seconds },
        }),
      );
    },
  });
}
