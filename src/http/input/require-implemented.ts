import type { Request } from 'express';
import { notImplemented } from '../../problems/common-problems';

/**
 * Throws `not_implemented` (501) for a write that asks for a dry run or for idempotence. Ignored, the one would change what was only to be
 * tried, and the other would do twice what was to be done once.
 */
export function requireImplemented(req: Request): void {
  if (req.method === 'GET' || req.method === 'HEAD') return;
  const { prefer, 'idempotency-key': key } = req.headers;
  if (key !== undefined) throw notImplemented.because('Idempotency-Key is not supported yet. Nothing was done; leave the header out.');
  if (asksForDryRun(String(prefer ?? '')) || Object.hasOwn(req.query, 'dryRun')) {
    throw notImplemented.because('A dry run is not supported yet. Nothing was done; leave out "Prefer: dry-run" and "dryRun".');
  }
}

/* RFC 7240, 2: preferences are separated by commas, a value follows "=", a parameter ";". */
function asksForDryRun(prefer: string): boolean {
  return prefer.split(',').some((preference) => preference.split(/[;=]/)[0]?.trim().toLowerCase() === 'dry-run');
}
