import type { Request } from 'express';
import { notAcceptable } from '../../problems/common-problems';
import type { Endpoint } from '../endpoint';

/** Throws `not_acceptable` (406) unless the client accepts a type that the endpoint returns. */
export function requireAcceptable(req: Request, endpoint: Endpoint): void {
  const { accept } = req.headers;
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return;
  const types = offeredTypes(endpoint);
  if (types.length === 0 || req.accepts(types) !== false) return;
  throw notAcceptable.because(`The response is ${types.join(' or ')}: accept that, or leave out the Accept header.`);
}

function offeredTypes({ responses }: Endpoint): string[] {
  return Object.values(responses).flatMap(({ schema }) => (schema ? ['application/json'] : []));
}
