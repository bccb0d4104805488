import type { RequestHandler, Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Env } from '../../config/env';
import { rateLimited } from '../problems/common-problems';
import { clientAddressOf, clientNetwork } from './request/client-address';

const WINDOW_S = 60;
const STRICT_SHARE = 20;
const MIN_STRICT = 10;

/** Takes points of the client that a response goes to; throws `rate_limited` (429) where too few are left, and then takes none. */
export type Limit = (res: Response, points: number) => Promise<void>;

/** The limits of a process, per client and minute. */
export interface RateLimits {
  /** RATE_LIMIT: each request takes one point. */
  readonly general: Limit;
  /** What a request whose endpoint has a `cost` takes beyond its first point; never more than a client has in a minute. */
  readonly costly: Limit;
  /** For endpoints that check a password: a twentieth of the general limit, but at least ten requests. */
  readonly strict: Limit;
}

/** Makes the limits of RATE_LIMIT; `off` switches them off. */
export function rateLimits({ RATE_LIMIT }: Env): RateLimits {
  if (RATE_LIMIT === 'off') return { general: unlimited, costly: unlimited, strict: unlimited };
  const general = limit('general', RATE_LIMIT);
  return {
    general,
    costly: (res, cost) => general(res, Math.min(cost, RATE_LIMIT) - 1),
    strict: limit('strict', Math.max(MIN_STRICT, Math.floor(RATE_LIMIT / STRICT_SHARE))),
  };
}

/** Takes one point for each request, before anything is done for it. */
export function generalLimit({ general }: RateLimits): RequestHandler {
  return (_req, res, next) => {
    general(res, 1).then(() => next(), next);
  };
}

const unlimited: Limit = () => Promise.resolve();

function limit(name: string, points: number): Limit {
  const limiter = new RateLimiterMemory({ points, duration: WINDOW_S });
  return async (res, cost) => {
    const client = clientNetwork(clientAddressOf(res));
    try {
      setHeaders(res, name, points, await limiter.consume(client, cost));
    } catch (state) {
      if (!(state instanceof RateLimiterRes)) throw state;
      // Otherwise one search that is refused would use up what plain requests have left.
      setHeaders(res, name, points, await limiter.reward(client, cost));
      throw refused(name, points, String(secondsLeft(state)));
    }
  };
}

interface Shown {
  readonly policy: string;
  readonly state: string;
}

/* draft-ietf-httpapi-ratelimit-headers-08: an item per limit. */
function setHeaders(res: Response, name: string, points: number, state: RateLimiterRes): void {
  res.locals.rateLimits ??= {};
  const shown: Record<string, Shown> = res.locals.rateLimits;
  shown[name] = {
    policy: `"${name}"; q=${points}; w=${WINDOW_S}`,
    state: `"${name}"; r=${state.remainingPoints}; t=${secondsLeft(state)}`,
  };
  const all = Object.values(shown);
  res.setHeader('RateLimit-Policy', all.map(({ policy }) => policy).join(', '));
  res.setHeader('RateLimit', all.map((item) => item.state).join(', '));
}

function secondsLeft({ msBeforeNext }: RateLimiterRes): number {
  return Math.max(1, Math.ceil(msBeforeNext / 1000));
}

function refused(name: string, points: number, seconds: string) {
  const rule =
    name === 'strict'
      ? `At most ${points} requests of this kind per minute.`
      : `At most ${points} points per minute: a plain request takes 1, a search or a tree 10, an exact total 100.`;
  return rateLimited.because(`${rule} Try again in ${seconds} s.`, { headers: { 'Retry-After': seconds } });
}
