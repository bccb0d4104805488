import { isOpen } from '../context/permission';
import { supportsDryRun } from '../http/dry-run/dry-run-request';
import { type Endpoint, isWrite } from '../http/endpoint';
import { idempotencyKeyRequired, idempotencyKeyReused, requestInProgress } from '../idempotency/problems';
import * as kinds from '../problems/common-problems';
import type { ProblemType } from '../problems/problem';

/** Returns every problem that an endpoint can return, by status: those that follow from its declaration, and its own. */
export function problemsOf(endpoint: Endpoint): ReadonlyMap<number, readonly ProblemType[]> {
  const { access, params, query, body, conditionalHeaders = [], problems = [] } = endpoint;
  const possible: ProblemType[] = [kinds.malformedRequest, kinds.requestTimeout, kinds.uriTooLong];
  if (access !== 'anonymous') possible.push(kinds.unauthenticated);
  possible.push(kinds.invalidParameters);
  if (isWrite(endpoint) && !supportsDryRun(endpoint)) possible.push(kinds.dryRunRefused);
  if (query?.cursor) possible.push(kinds.invalidCursor, kinds.pageTooDeep);
  if (body) possible.push(kinds.malformedJson, kinds.bodyTooLarge, kinds.unsupportedMediaType, kinds.invalidBody);
  if (endpoint.uploads) possible.push(kinds.unsupportedMediaType);
  if (!isOpen(access) || query?.deleted || query?.force) possible.push(kinds.forbidden);
  if (params) possible.push(kinds.notFound);
  if (Object.values(endpoint.responses).some(({ schema, mediaTypes }) => schema ?? mediaTypes)) possible.push(kinds.notAcceptable);
  if (conditionalHeaders.includes('If-Match') || (conditionalHeaders.includes('If-None-Match') && endpoint.method === 'put'))
    possible.push(kinds.preconditionFailed);
  if (conditionalHeaders.includes('Range')) possible.push(kinds.rangeNotSatisfiable);
  if (isWrite(endpoint)) possible.push(requestInProgress, idempotencyKeyReused);
  if (endpoint.requiresIdempotencyKey) possible.push(idempotencyKeyRequired);
  possible.push(
    ...problems,
    kinds.rateLimited,
    kinds.headersTooLarge,
    kinds.internalError,
    kinds.unavailable,
    kinds.busy,
    kinds.overloaded,
  );
  if (isWrite(endpoint)) possible.push(kinds.outcomeUnknown);
  const byStatus = new Map<number, ProblemType[]>();
  for (const kind of new Set(possible)) byStatus.set(kind.status, [...(byStatus.get(kind.status) ?? []), kind]);
  return new Map([...byStatus].sort(([a], [b]) => a - b));
}
