import type { RequestHandler } from 'express';
import { expectationFailed, malformedRequest, uriTooLong } from '../problems/common-problems';
import type { AppDependencies } from './app-dependencies';
import { assignRequestId, requestIdOf } from './request-id';

const MAX_URL_LENGTH = 8_192;

/** Starts every request: gives it an id, and writes its one log line when the response is sent or the client is gone. */
export function requestLog({ logger }: AppDependencies): RequestHandler {
  return (req, res, next) => {
    const startedAt = process.hrtime.bigint();
    assignRequestId(req, res);
    res.setHeader('Cache-Control', 'no-cache');
    res.setHeader('Vary', 'Authorization, Accept-Encoding');
    res.once('close', () => {
      logger.info('request', {
        requestId: requestIdOf(res),
        method: req.method,
        path: req.originalUrl.split('?')[0],
        status: res.statusCode,
        finished: res.writableFinished,
        durationMs: Number(process.hrtime.bigint() - startedAt) / 1e6,
        ip: req.ip,
        actor: res.locals.actor?.id,
        code: res.locals.problemCode,
      });
    });
    if (req.headers.host === undefined && req.httpVersion === '1.1') throw malformedRequest.because('The Host header is missing.');
    if (isUnmet(req.headers.expect)) throw expectationFailed.because('Only "Expect: 100-continue" is supported.');
    if (req.url.length > MAX_URL_LENGTH) throw uriTooLong.because(`The URL must be at most ${MAX_URL_LENGTH} characters.`);
    next();
  };
}

function isUnmet(expect: string | undefined): boolean {
  return expect !== undefined && expect.toLowerCase() !== '100-continue';
}
