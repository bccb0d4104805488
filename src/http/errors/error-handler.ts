import type { ErrorRequestHandler } from 'express';
import { internalError, malformedRequest, preconditionFailed } from '../../problems/common-problems';
import { Problem, problemDocument } from '../../problems/problem';
import type { AppDependencies } from '../app-dependencies';
import { sendText } from '../output/send';
import { requestIdOf } from '../request-id';
import { problemFromDatabase } from './problem-from-database';

/** The one place where a throw becomes an answer: a problem document, without stack, SQL or a driver's words. */
export function errorHandler({ logger, constraintProblems }: AppDependencies): ErrorRequestHandler {
  return (error: unknown, req, res, _next) => {
    const problem = problemFrom(error, req.method, constraintProblems);
    const requestId = requestIdOf(res);
    res.locals.problemCode = problem.type.code;
    if (problem.type.status >= 500) logger.error('request failed', { requestId, code: problem.type.code, error: problem.cause ?? error });
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
  if (statusOf(error) === 412) return preconditionFailed.because('The file is another one now.', { cause: error });
  if (error instanceof URIError) return malformedRequest.because('The path holds a broken percent-encoding.');
  return (
    problemFromDatabase(error, method, constraintProblems) ??
    internalError.because('Something failed on our side; it is logged under this requestId.', { cause: error })
  );
}

/* Express's own file server throws errors with the status they stand for. */
function statusOf(error: unknown): unknown {
  return error instanceof Error && 'status' in error ? error.status : undefined;
}
