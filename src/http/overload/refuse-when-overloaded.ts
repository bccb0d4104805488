import type { RequestHandler } from 'express';
import type { Overload } from './overload';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a request with `overloaded` (503) before anything is done for it, while the process has more to do than it can; what has begun
 * goes on. A refusal takes no point of the rate limit.
 */
export function refuseWhenOverloaded(overload: Overload): RequestHandler {
  return (req, _res, next) => {
    overload.requireNone(READS.has(req.method) ? 'read' : 'write');
    next();
  };
}
