import type { Request } from 'express';
import { dryRunRefused } from '../../problems/common-problems';
import { flag, optional, type Shape } from '../../schema/schema';
import { type Endpoint, isWrite } from '../endpoint';
import { prefers } from '../input/preferences';

/* One object: a shape is prepared once. */
const dryRun = optional(
  flag().description('Tries the write: answers what it would do, and changes nothing. "Prefer: dry-run" is the same.'),
);

/** Returns whether an endpoint's writes can be tried. */
export function supportsDryRun(endpoint: Endpoint): boolean {
  const { dryRun: support = 'supported' } = endpoint;
  return isWrite(endpoint) && support === 'supported';
}

/** Returns the query parameters of an endpoint: its own and, where its writes can be tried, `dryRun`. */
export function queryShape(endpoint: Endpoint): Shape {
  const { query = {} } = endpoint;
  return supportsDryRun(endpoint) ? { ...query, dryRun } : query;
}

/** Throws `dry_run_refused` (400) for a write that cannot be tried; the preference of a read is ignored (RFC 7240, 2). */
export function requireDryRunSupport(req: Request, endpoint: Endpoint): void {
  if (!isWrite(endpoint) || supportsDryRun(endpoint)) return;
  if (!prefers(req, 'dry-run') && !Object.hasOwn(req.query, 'dryRun')) return;
  throw dryRunRefused.because(
    'This cannot be tried, because trying it would reveal or change what only the real request may. ' +
      'Nothing was done; leave out "Prefer: dry-run" and "dryRun".',
  );
}

/** Returns whether a request asks to be tried, by its header or by its query, which `queryShape` has parsed. */
export function asksForDryRun(req: Request, endpoint: Endpoint, query: Readonly<Record<string, unknown>>): boolean {
  return supportsDryRun(endpoint) && (query.dryRun === true || prefers(req, 'dry-run'));
}
