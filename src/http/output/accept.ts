import type { Request } from 'express';
import { notAcceptable } from '../../problems/common-problems';
import type { Endpoint } from '../endpoint';

/** Throws `not_acceptable` (406) where the client accepts none of the types the endpoint answers with. */
export function refuseUnacceptable(req: Request, endpoint: Endpoint): void {
  const { accept } = req.headers;
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return;
  const types = offeredTypes(endpoint);
  if (types.length === 0 || req.accepts(types) !== false) return;
  throw notAcceptable.because(`This answers ${types.join(', ')}.`);
}

function offeredTypes({ responses }: Endpoint): string[] {
  return Object.values(responses).flatMap(({ schema }) => (schema ? ['application/json'] : []));
}
