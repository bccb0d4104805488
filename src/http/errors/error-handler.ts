import type { ErrorRequestHandler } from 'express';
import { noteDiskError } from '../../database/disk-space';
import { internalError, malformedRequest, preconditionFailed } from '../../problems/common-problems';
import { Problem, problemDocument } from '../../problems/problem';
import type { AppDependencies } from '../app-dependencies';
import { sendText } from '../output/send';
import { requestIdOf } from '../request-id';
import { problemFromDatabase } from './problem-from-database';

/** Turns whatever is thrown into a problem document, without stack, SQL or a driver's message. */
export function errorHandler({ logger, sequelize, constraintProblems }: AppDependencies): ErrorRequestHandler {
  return (error: unknown, req, res, _next) => {
    const problem = problemFrom(error, req.method, constraintProblems);
    const requestId = requestIdOf(res);
    res.locals.problemCode = problem.type.code;
    noteDiskError(sequelize, problem.cause ?? error);
    // Where the client is gone, or asked for what is not there yet, the line of the request says so.
    if (problem.type.status >= 500 && problem.type.status !== 501 && !res.closed)
      logger.error('request failed', { requestId, code: problem.type.code, error: problem.cause ?? error });
    if (res.headersSent) {
      res.destroy();
      return;
    }
    for (const name of ['Content-Type', 'ETag', 'Last-Modified']) res.removeHeader(name);
    for (const [name, value] of Object.entries(problem.headers)) res.setHeader(name, value);
    res.setHeader('Cache-Control', 'no-store');
    const document = problemDocument(problem, req.originalUrl.split('?')[0] ?? '/', requestId);
    sendText(req, res, problem.type.status, JSON.stringify(document), 'application/problem+json; charset=utf-8');
  };
}

function problemFrom(error: unknown, method: string, constraintProblems: AppDependencies['constraintProblems']): Problem {
  if (error instanceof Problem) return error;
  if (statusOf(error) === 412) return preconditionFailed.because('The file has changed.', { cause: error });
  if (error instanceof URIError) return malformedRequest.because('The path has an invalid percent-encoding.');
  return (
    problemFromDatabase(error, method, constraintProblems) ??
    internalError.because('Internal error, logged under this requestId. Report it if it happens again.', { cause: error })
  );
}

/* Express's file server throws errors that carry a status. */
function statusOf(error: unknown): unknown {
  return error instanceof Error && 'status' in error ? error.status : undefined;
}
