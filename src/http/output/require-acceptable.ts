import type { Request } from 'express';
import { notAcceptable } from '../../problems/common-problems';
import type { Endpoint } from '../endpoint';

/** Returns the type that a client prefers of those that the endpoint returns; throws `not_acceptable` (406) where it accepts none. */
export function requireAcceptable(req: Request, endpoint: Endpoint): string {
  const { accept } = req.headers;
  if (accept === JSON_TYPE && !hasText(endpoint)) return JSON_TYPE;
  const types = offeredTypes(endpoint);
  const [first = JSON_TYPE] = types;
  if (accept === undefined || accept === '*/*' || types.length === 0) return first;
  const preferred = req.accepts(types);
  if (preferred !== false) return String(preferred);
  throw notAcceptable.because(`The response is ${types.join(' or ')}: accept that, or leave out the Accept header.`);
}

const JSON_TYPE = 'application/json';

function hasText({ responses }: Endpoint): boolean {
  return Object.values(responses).some(({ mediaTypes }) => mediaTypes !== undefined);
}

function offeredTypes({ responses }: Endpoint): string[] {
  return Object.values(responses).flatMap(({ schema, mediaTypes }) => [...(mediaTypes ?? []), ...(schema ? [JSON_TYPE] : [])]);
}
