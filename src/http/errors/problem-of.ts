import { internalError, malformedRequest, preconditionFailed } from '../../problems/common-problems';
import { Problem, problemDocument } from '../../problems/problem';
import type { AppDependencies } from '../app-dependencies';
import { problemFromDatabase } from './problem-from-database';

export const PROBLEM_CONTENT_TYPE = 'application/problem+json; charset=utf-8';

/** Returns the problem that a client is told of an error, whatever was thrown, without stack, SQL or a driver's message. */
export function problemOf(error: unknown, method: string, constraintProblems: AppDependencies['constraintProblems']): Problem {
  if (error instanceof Problem) return error;
  if (statusOf(error) === 412) return preconditionFailed.because('The file has changed.', { cause: error });
  if (error instanceof URIError) return malformedRequest.because('The path has an invalid percent-encoding.');
  return (
    problemFromDatabase(error, method, constraintProblems) ??
    internalError.because('Internal error, logged under this requestId. Report it if it happens again.', { cause: error })
  );
}

/** Returns the text of the problem document of a request. */
export function problemText(problem: Problem, url: string, requestId: string): string {
  return JSON.stringify(problemDocument(problem, url.split('?')[0] ?? '/', requestId));
}

/* Express's file server throws errors that carry a status. */
function statusOf(error: unknown): unknown {
  return error instanceof Error && 'status' in error ? error.status : undefined;
}
