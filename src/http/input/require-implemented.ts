import type { Request } from 'express';
import { notImplemented } from '../../problems/common-problems';

/** Throws `not_implemented` (501) for a write that asks for idempotence: ignored, what was to be done once would be done twice. */
export function requireImplemented(req: Request): void {
  if (req.method === 'GET' || req.method === 'HEAD' || req.headers['idempotency-key'] === undefined) return;
  throw notImplemented.because('Idempotency-Key is not supported yet. Nothing was done; leave the header out.');
}
