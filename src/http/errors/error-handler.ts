import type { ErrorRequestHandler } from 'express';
import { noteDiskError } from '../../database/disk-space';
import { busy, overloaded } from '../../problems/common-problems';
import type { Problem } from '../../problems/problem';
import type { AppDependencies } from '../app-dependencies';
import { sendText } from '../output/send';
import { requestIdOf } from '../request/request-id';
import { PROBLEM_CONTENT_TYPE, problemOf, problemText } from './problem-of';

/** Turns whatever is thrown into a problem document, without stack, SQL or a driver's message. */
export function errorHandler({ logger, sequelize, constraintProblems }: AppDependencies): ErrorRequestHandler {
  return (error: unknown, req, res, _next) => {
    const problem = problemOf(error, req.method, constraintProblems);
    const requestId = requestIdOf(res);
    res.locals.problemCode = problem.type.code;
    noteDiskError(sequelize, problem.cause ?? error);
    if (isFault(problem) && !res.closed)
      logger.error('request failed', { requestId, code: problem.type.code, error: problem.cause ?? error });
    if (res.headersSent) {
      res.destroy();
      return;
    }
    for (const name of ['Content-Type', 'ETag', 'Last-Modified']) res.removeHeader(name);
    for (const [name, value] of Object.entries(problem.headers)) res.setHeader(name, value);
    res.setHeader('Cache-Control', 'no-store');
    sendText(req, res, problem.type.status, problemText(problem, req.originalUrl, requestId), PROBLEM_CONTENT_TYPE);
  };
}

/* What is not there yet, and what is refused because too much goes on, is no fault: the line of the request says so. */
function isFault({ type }: Problem): boolean {
  return type.status >= 500 && type.status !== 501 && type !== overloaded && type !== busy;
}
