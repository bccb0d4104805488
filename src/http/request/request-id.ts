import type { Request, Response } from 'express';
import { v7 } from 'uuid';

const GIVEN = /^[\w.:+/=-]{1,128}$/;
const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

/**
 * Assigns the request its id: the client's `X-Request-Id`, else the trace id of its `traceparent` (W3C Trace Context), else a new one. The
 * response returns it, and every log line, audit row and problem carries it.
 */
export function assignRequestId(req: Request, res: Response): string {
  const given = req.headers['x-request-id'];
  const trace = TRACEPARENT.exec(String(req.headers.traceparent ?? ''))?.[1];
  const id = typeof given === 'string' && GIVEN.test(given) ? given : (trace ?? v7());
  res.locals.requestId = id;
  res.setHeader('X-Request-Id', id);
  return id;
}

/** Returns the id of the request that a response belongs to. */
export function requestIdOf(res: Response): string {
  return String(res.locals.requestId);
}
