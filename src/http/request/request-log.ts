import type { RequestHandler } from 'express';
import { overloaded } from '../../problems/common-problems';
import type { AppDependencies } from '../app-dependencies';
import { REVALIDATED } from '../output/headers/cache-control';
import { assignClientAddress, clientAddressOf } from './client-address';
import { assignRequestId, requestIdOf } from './request-id';

/** Starts every request: finds its id and its client's address, and writes its one log line when the response is sent or the client is gone. */
export function requestLog({ logger }: AppDependencies): RequestHandler {
  return (req, res, next) => {
    const startedAt = process.hrtime.bigint();
    assignRequestId(req, res);
    assignClientAddress(req, res);
    res.setHeader('Cache-Control', REVALIDATED);
    res.setHeader('Vary', 'Authorization, Accept-Encoding');
    res.once('close', () => {
      // A line for each would make the overload worse; its beginning and end are logged.
      if (res.locals.problemCode === overloaded.code) return;
      logger.info('request', {
        requestId: requestIdOf(res),
        method: req.method,
        path: req.originalUrl.split('?')[0],
        status: res.statusCode,
        finished: res.writableFinished,
        durationMs: Number(process.hrtime.bigint() - startedAt) / 1e6,
        ip: clientAddressOf(res),
        actor: res.locals.actor?.id,
        code: res.locals.problemCode,
        replayed: res.hasHeader('Idempotency-Replayed') || undefined,
      });
    });
    next();
  };
}
