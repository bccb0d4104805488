import type { Request } from 'express';
import { expectationFailed, malformedRequest } from '../../../problems/common-problems';

/* Of these Node keeps the first value and drops the others; a proxy may read the last. */
const SINGLE = new Set(['host', 'authorization', 'content-type', 'content-length']);
const LENGTHS = new Set([...SINGLE].map(({ length }) => length));
const HOST = /^[^\s/?#@\\]*$/;

/**
 * Throws `malformed_request` (400) for a missing or malformed Host and for a header that is there twice and may be there once only,
 * `expectation_failed` (417) for an unknown Expect.
 */
export function requireValidHeaders(req: Request): void {
  const { host, expect } = req.headers;
  if (host === undefined && req.httpVersion === '1.1') throw malformedRequest.because('The Host header is missing.');
  if (host !== undefined && !HOST.test(host))
    throw malformedRequest.because('The Host header must be a host name, with a port or without.');
  requireSingle(req.rawHeaders);
  if (expect !== undefined && expect.toLowerCase() !== '100-continue') {
    throw expectationFailed.because('Only "Expect: 100-continue" is supported.');
  }
}

/* The lengths keep most names from being lowered. */
function requireSingle(rawHeaders: readonly string[]): void {
  const seen: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const given = rawHeaders[index] as string;
    if (!LENGTHS.has(given.length)) continue;
    const name = given.toLowerCase();
    if (!SINGLE.has(name)) continue;
    if (seen.includes(name)) throw malformedRequest.because(`The header ${given} is given twice: send it once.`);
    seen.push(name);
  }
}
